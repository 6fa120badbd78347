package dev.jeton.application.port.inbound;

import java.util.UUID;

/**
 * Identifies a retry of a create.
 *
 * @param requestId chosen by the caller, unique for each create
 * @param bodyDigest a digest of the rest of the request
 */
public record RequestKey(UUID requestId, String bodyDigest) {}
