/**
 * Classes that each break one architecture rule, to prove that the rule's test can fail.
 */
@NullMarked
package dev.jeton.bootstrap.broken;

import org.jspecify.annotations.NullMarked;
