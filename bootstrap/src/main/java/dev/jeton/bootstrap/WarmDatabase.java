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
 * Opens a database and uses it once in every way. The time-outs are made for a server that is warm; in a new process the first use takes
 * longer, and would be refused.
 */
final class WarmDatabase {
    private static final Logger log = LoggerFactory.getLogger(WarmDatabase.class);
    private static final Duration WARM_WITHIN = Duration.ofSeconds(20);
    private static final TokenKey NOBODYS = new TokenKey(TenantId.SYSTEM, new TokenId(new UUID(0, 0)));

    private WarmDatabase() {}

    static Database open(DatabaseSettings settings) {
        Database database = new Database(settings);
        try {
            warm(database);
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private static void warm(Database database) {
        long deadline = System.nanoTime() + WARM_WITHIN.toNanos();
        while (true) {
            try {
                database.transactor()
                        .inTransaction(repositories -> repositories.tenants().find(TenantId.SYSTEM));
                database.tokenLookup()
                        .read(Set.of(NOBODYS), Set.of())
                        .toCompletableFuture()
                        .join();
                return;
            } catch (Unavailable | CompletionException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                log.debug("The database does not answer in time yet", notYet);
            }
        }
    }
}
