/**
 * Errors that reject a command. Start with {@link dev.jeton.domain.error.JetonException}.
 */
@NullMarked
package dev.jeton.domain.error;

import org.jspecify.annotations.NullMarked;
