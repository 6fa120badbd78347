/**
 * As if it were the domain or the application.
 */
@NullMarked
package dev.jeton.bootstrap.broken.core;

import org.jspecify.annotations.NullMarked;
