package dev.jeton.bootstrap.broken.grpc.tenant;

/** Stands for a feature. */
public interface Tenants {}
