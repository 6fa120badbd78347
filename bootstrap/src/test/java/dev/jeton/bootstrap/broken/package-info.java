/**
 * Classes that break one rule of the architecture each, to prove that its test can fail.
 */
@NullMarked
package dev.jeton.bootstrap.broken;

import org.jspecify.annotations.NullMarked;
