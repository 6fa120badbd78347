package dev.jeton.jdbi;

import dev.jeton.jdbi.sql.Transactions;
import java.security.SecureRandom;

/** Random keys shared by all replicas of an installation. Thread-safe. */
public final class JdbiInstallationKeys {
    private static final int KEY_BYTES = 32;

    private final Transactions transactions;

    JdbiInstallationKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Returns the key of that name: 32 bytes, generated on first use and then the same on every replica. Fails with DATABASE_UNAVAILABLE if the
     * database does not answer.
     */
    public byte[] getOrCreate(String name, SecureRandom random) {
        byte[] drawn = new byte[KEY_BYTES];
        random.nextBytes(drawn);
        return transactions.run(handle -> {
            handle.createUpdate("""
                            INSERT INTO installation_keys (name, key) VALUES (:name, :key) ON CONFLICT DO NOTHING
                            """).bind("name", name).bind("key", drawn).execute();
            return handle.createQuery("SELECT key FROM installation_keys WHERE name = :name")
                    .bind("name", name)
                    .mapTo(byte[].class)
                    .one();
        });
    }
}
