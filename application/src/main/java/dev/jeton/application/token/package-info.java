/**
 * Token management, verification and housekeeping. Start with {@link dev.jeton.application.token.TokenUseCases}.
 */
@NullMarked
package dev.jeton.application.token;

import org.jspecify.annotations.NullMarked;
