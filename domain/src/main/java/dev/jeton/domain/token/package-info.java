/**
 * Tokens, their secrets and their verification. Begin with {@link dev.jeton.domain.token.Token}.
 */
@NullMarked
package dev.jeton.domain.token;

import org.jspecify.annotations.NullMarked;
