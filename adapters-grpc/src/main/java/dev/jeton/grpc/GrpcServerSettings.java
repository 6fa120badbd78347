package dev.jeton.grpc;

/**
 * The address and options of the server.
 *
 * @param bindAddress host name or address to listen on
 * @param port 0 picks a free port
 * @param reflection whether clients may read the services' descriptors
 */
public record GrpcServerSettings(String bindAddress, int port, boolean reflection, GrpcLimits limits) {}
