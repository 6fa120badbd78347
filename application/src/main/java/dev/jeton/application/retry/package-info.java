/**
 * What makes a repeated create safe. It knows no resource.
 */
@NullMarked
package dev.jeton.application.retry;

import org.jspecify.annotations.NullMarked;
