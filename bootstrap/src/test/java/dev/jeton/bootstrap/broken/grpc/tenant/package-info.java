/**
 * Stands for one feature.
 */
@NullMarked
package dev.jeton.bootstrap.broken.grpc.tenant;

import org.jspecify.annotations.NullMarked;
