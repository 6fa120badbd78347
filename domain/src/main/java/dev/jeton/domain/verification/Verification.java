package dev.jeton.domain.verification;

import dev.jeton.domain.error.Unavailable;

/** The result of verifying a presented secret. Holds no secret and no hash. */
public sealed interface Verification {

    /** The token is accepted. */
    record Allowed(VerifiedToken token) implements Verification {}

    /** The secret is one of the token's, but the token is denied. */
    record Denied(VerifiedToken token, DenialReason reason) implements Verification {}

    /** The secret is not one of any token's. Reveals nothing about a token. */
    enum Unknown implements Verification {
        /** The form or checksum is wrong. Decided without stored data. */
        MALFORMED,
        /** There is no such token, it has another secret, or it belongs to another tenant than demanded. */
        NOT_FOUND
    }

    /** Nothing could be decided, as opposed to a denial; a retry may succeed. */
    record Undecided(Unavailable cause) implements Verification {}
}
