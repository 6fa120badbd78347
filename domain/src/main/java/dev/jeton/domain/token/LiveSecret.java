package dev.jeton.domain.token;

import dev.jeton.domain.policy.Expiry;

/**
 * A stored secret that a token is accepted with.
 *
 * @param notAfter when it ends, whatever the token's own expiry
 */
public record LiveSecret(SecretId id, SecretDigest digest, Expiry notAfter) {}
