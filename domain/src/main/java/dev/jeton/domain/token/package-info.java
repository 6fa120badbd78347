/**
 * Tokens and their secrets. Start with {@link dev.jeton.domain.token.Token}.
 */
@NullMarked
package dev.jeton.domain.token;

import org.jspecify.annotations.NullMarked;
