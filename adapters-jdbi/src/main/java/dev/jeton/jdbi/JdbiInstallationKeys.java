package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.jdbi.sql.Transactions;

/** Table {@code installation_keys}. Thread-safe. */
final class JdbiInstallationKeys implements InstallationKeys {
    private final Transactions transactions;

    JdbiInstallationKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public byte[] putIfAbsent(String name, byte[] key) {
        return transactions.run(handle -> {
            handle.createUpdate("""
                            INSERT INTO installation_keys (name, key) VALUES (:name, :key) ON CONFLICT DO NOTHING
                            """).bind("name", name).bind("key", key).execute();
            return handle.createQuery("SELECT key FROM installation_keys WHERE name = :name")
                    .bind("name", name)
                    .mapTo(byte[].class)
                    .one();
        });
    }
}
