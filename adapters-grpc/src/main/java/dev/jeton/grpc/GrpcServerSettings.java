package dev.jeton.grpc;

/**
 * How the server is to run.
 *
 * @param bindAddress host name or address to listen on
 * @param port 0 picks a free one
 * @param reflection whether clients may ask for the services' descriptors
 */
public record GrpcServerSettings(String bindAddress, int port, boolean reflection, GrpcLimits limits) {}
