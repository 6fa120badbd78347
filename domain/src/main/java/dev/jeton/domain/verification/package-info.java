/**
 * Decides whether a presented token is accepted. Start with {@link dev.jeton.domain.verification.TokenFacts}.
 */
@NullMarked
package dev.jeton.domain.verification;

import org.jspecify.annotations.NullMarked;
