/**
 * What Jeton is compared with, each in a process of its own: a gRPC server that does nothing, and one that does what everybody would write.
 */
@NullMarked
package dev.jeton.benchmark.reference;

import org.jspecify.annotations.NullMarked;
