package dev.jeton.domain.verification;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.token.SecretDigest;

/**
 * A stored secret that a token is accepted with.
 *
 * @param notAfter when it ends, whatever the token's own expiry
 */
public record LiveSecret(SecretId id, SecretDigest digest, Expiry notAfter) {}
