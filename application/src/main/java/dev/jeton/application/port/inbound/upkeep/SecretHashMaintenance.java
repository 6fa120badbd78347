package dev.jeton.application.port.inbound.upkeep;

/** Keeps stored secret hashes usable while hash keys are rotated. Thread-safe. */
public interface SecretHashMaintenance {

    /**
     * Checks this server's keys against the store and registers new ones. Call it before any other use of the store.
     *
     * @throws IllegalStateException if stored tokens need a key that this server lacks, or if the store knows a different key with the same
     *     id; the message names the keys
     */
    void requireKeys();

    /**
     * Saves one batch of digests, made with the newest key, for tokens that were verified with an older one. Call it until it returns false.
     *
     * @return whether more are pending
     */
    boolean rehash();
}
