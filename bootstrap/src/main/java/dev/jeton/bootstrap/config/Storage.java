package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.jdbi.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;

/** The database to use, and the data directory on this machine. */
public sealed interface Storage {

    Path dataDirectory();

    Limits limits();

    /** A PostgreSQL that Jeton runs in the data directory. */
    record Embedded(Path dataDirectory, Limits limits) implements Storage {}

    /** A PostgreSQL that Jeton only connects to. */
    record External(Path dataDirectory, Limits limits, Login login) implements Storage {}

    /** Connection limits and timeouts; see {@link DatabaseSettings}. */
    record Limits(
            int poolSize,
            int lookupPoolSize,
            Duration connectTimeout,
            Duration socketTimeout,
            Duration statementTimeout,
            Duration poolWait,
            Duration lookupTimeout,
            long tableBytes) {

        public DatabaseSettings at(Login login) {
            return new DatabaseSettings(
                    login.url(),
                    login.user(),
                    login.password(),
                    poolSize,
                    lookupPoolSize,
                    connectTimeout,
                    socketTimeout,
                    statementTimeout,
                    poolWait,
                    lookupTimeout,
                    tableBytes);
        }

        public int connections() {
            // Two more each for upkeep, verification's freshness reads, and tokens created together.
            return poolSize + lookupPoolSize + 6;
        }
    }
}
