package dev.jeton.application.port.outbound;

/** Random keys that all replicas of an installation share. Thread-safe. */
public interface InstallationKeys {

    /**
     * Stores a key unless the name has one. A stored key never changes. Fails with DATABASE_UNAVAILABLE if the store does not answer.
     *
     * @return the stored key: the same for every caller
     */
    byte[] putIfAbsent(String name, byte[] key);
}
