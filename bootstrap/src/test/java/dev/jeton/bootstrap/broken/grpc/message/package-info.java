/**
 * Stands for the message helpers.
 */
@NullMarked
package dev.jeton.bootstrap.broken.grpc.message;

import org.jspecify.annotations.NullMarked;
