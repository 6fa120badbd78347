package dev.jeton.bootstrap.broken.grpc.call;

/** Stands for an interceptor. */
public interface Interceptor {}
