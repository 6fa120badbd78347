package dev.jeton.application.port.inbound;

import java.util.UUID;

/**
 * By what a retry of a create is recognized.
 *
 * @param requestId chosen by the caller, for one create
 * @param bodyDigest of all else in the request: another request has another
 */
public record RequestKey(UUID requestId, String bodyDigest) {}
