/**
 * Exercises the server before it serves, so that its first callers meet compiled code. Start reading at
 * {@link dev.jeton.bootstrap.warmup.Rehearsal}.
 */
@NullMarked
package dev.jeton.bootstrap.warmup;

import org.jspecify.annotations.NullMarked;
