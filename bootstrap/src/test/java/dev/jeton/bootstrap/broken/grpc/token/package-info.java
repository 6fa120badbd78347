/**
 * Stands for another feature.
 */
@NullMarked
package dev.jeton.bootstrap.broken.grpc.token;

import org.jspecify.annotations.NullMarked;
