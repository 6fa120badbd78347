package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The settings reach the server. */
class ConnectionPoolsIT {
    private final DatabaseSettings settings = TestDatabase.emptyDatabase();

    @Test
    void transactionsHaveTheConfiguredTimeouts() {
        try (HikariDataSource pool = ConnectionPools.forTransactions(settings)) {
            assertThat(show(
                            pool,
                            "application_name",
                            "transaction_isolation",
                            "statement_timeout",
                            "idle_in_transaction_session_timeout",
                            "enable_seqscan",
                            "plan_cache_mode"))
                    .containsExactly("jeton", "read committed", "2s", "4s", "off", "force_generic_plan");
        }
    }

    @Test
    void lookupsHaveShorterTimeoutsAndFixedPlans() {
        try (HikariDataSource pool = ConnectionPools.forLoads(settings)) {
            assertThat(show(
                            pool,
                            "application_name",
                            "transaction_isolation",
                            "statement_timeout",
                            "enable_seqscan",
                            "plan_cache_mode"))
                    .containsExactly("jeton", "read committed", "1s", "off", "force_generic_plan");
        }
    }

    @Test
    void migrationsHaveNoStatementTimeout() {
        assertThat(show(
                        ConnectionPools.forMigrations(settings),
                        "application_name",
                        "statement_timeout",
                        "enable_seqscan"))
                .containsExactly("jeton-migration", "0", "on");
    }

    private static List<String> show(DataSource connections, String... names) {
        return Database.jdbi(connections).withHandle(handle -> Stream.of(names)
                .map(name -> handle.select("SELECT current_setting(?)", name)
                        .mapTo(String.class)
                        .one())
                .toList());
    }
}
