package dev.jeton.bootstrap;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a database and warms it up. The timeouts suit a warm server; in a new process the first transaction and the first lookup take
 * longer and would fail.
 */
final class WarmDatabase {
    private static final Logger log = LoggerFactory.getLogger(WarmDatabase.class);
    private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(20);
    private static final TokenKey UNKNOWN_TOKEN = new TokenKey(TenantId.SYSTEM, new TokenId(new UUID(0, 0)));

    private WarmDatabase() {}

    static Database open(DatabaseSettings settings) {
        Database database = new Database(settings);
        try {
            warmUp(database);
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private static void warmUp(Database database) {
        long deadline = System.nanoTime() + WARM_UP_TIMEOUT.toNanos();
        while (true) {
            try {
                database.transactor()
                        .inTransaction(repositories -> repositories.tenants().find(TenantId.SYSTEM));
                database.tokenLookup()
                        .read(Set.of(UNKNOWN_TOKEN), Set.of())
                        .toCompletableFuture()
                        .join();
                return;
            } catch (Unavailable | CompletionException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                log.debug("Retrying: the database is not warm yet", notYet);
            }
        }
    }
}
