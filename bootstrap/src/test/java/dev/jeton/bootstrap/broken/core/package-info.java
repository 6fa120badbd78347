/**
 * Stands for the domain and the application.
 */
@NullMarked
package dev.jeton.bootstrap.broken.core;

import org.jspecify.annotations.NullMarked;
