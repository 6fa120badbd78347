package dev.jeton.bootstrap.broken.grpc.message;

import dev.jeton.bootstrap.broken.grpc.call.Interceptor;

/** A message helper that depends on an interceptor. */
public record DependsOnCall(Interceptor interceptor) {}
