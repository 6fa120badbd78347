package dev.jeton.application.port.inbound;

/** What becomes of the hashes of secrets while the keys change that they are made with. Thread-safe. */
public interface SecretKeeping {

    /**
     * To be called before anything else is done with the store: makes its keys known to it.
     *
     * @throws IllegalStateException if there are tokens that cannot be judged without a key that this server does not have, or if one of its keys
     *     is another than the store knows by that id; it says which
     */
    void requireKeys();

    /**
     * Hashes anew, with the newest key, some of the secrets that have been verified since by an older hash. To be called until there are no others.
     *
     * @return whether there are others
     */
    boolean rehash();
}
