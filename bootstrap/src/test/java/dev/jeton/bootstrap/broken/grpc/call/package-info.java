/**
 * Stands for the interceptors.
 */
@NullMarked
package dev.jeton.bootstrap.broken.grpc.call;

import org.jspecify.annotations.NullMarked;
