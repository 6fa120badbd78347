/**
 * Turns messages into values and values into messages: decoding, validation, ids, pages, times and enums. It knows no interceptor and
 * no service. Start with {@link dev.jeton.grpc.message.RequestReader}.
 */
@NullMarked
package dev.jeton.grpc.message;

import org.jspecify.annotations.NullMarked;
