/**
 * How the core says no. Begin with {@link dev.jeton.domain.error.JetonException}.
 */
@NullMarked
package dev.jeton.domain.error;

import org.jspecify.annotations.NullMarked;
