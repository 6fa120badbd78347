/**
 * The audit trail on the wire.
 */
@NullMarked
package dev.jeton.grpc.audit;

import org.jspecify.annotations.NullMarked;
