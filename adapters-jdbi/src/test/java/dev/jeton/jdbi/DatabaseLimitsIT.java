package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.jdbi.sql.Transactions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each time limit works alone, with all others set high. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class DatabaseLimitsIT {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(8);
    private static final String SLEEP = "SELECT pg_sleep(20)";

    private final String url = TestDatabase.migratedDatabase().url();

    @Test
    void aSlowStatementEnds() {
        assertStops(settings(url, LONG, LONG, SHORT, LONG, LONG));
    }

    @Test
    void aConnectionToASilentServerEnds() {
        assertStops(settings(url, LONG, SHORT, LONG, LONG, LONG));
    }

    @Test
    void theWaitForAConnectionEnds() {
        // Longer than a busy machine needs to open the first connection.
        try (Database database = migrated(settings(url, LONG, LONG, LONG, Duration.ofSeconds(3), LONG))) {
            database.transactor().inTransaction(repositories -> {
                long start = System.nanoTime();
                assertThatExceptionOfType(Unavailable.class)
                        .isThrownBy(() -> database.transactor().inTransaction(others -> "beyond the pool"));
                return assertThat(since(start)).isLessThan(SOON);
            });
        }
    }

    @Test
    void aSlowReadByVerificationEnds() {
        DatabaseSettings settings = settings(url, LONG, LONG, LONG, LONG, SHORT);
        try (Database database = migrated(settings)) {
            Database.jdbi(ConnectionPools.forMigrations(settings)).useTransaction(handle -> {
                handle.execute("LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE");
                assertThat(database.tokenLookup().read(Set.of(new TokenKey(Tenants.anId(), Tokens.anId())), Set.of()))
                        .failsWithin(SOON)
                        .withThrowableThat()
                        .withCauseInstanceOf(Unavailable.class);
            });
        }
    }

    @Test
    void aConnectionAttemptEnds() throws IOException {
        Duration longEnoughForAFailure = Duration.ofSeconds(3);
        try (FullBacklog nobody = new FullBacklog();
                HikariDataSource pool = ConnectionPools.forTransactions(
                        settings(nobody.url(), SHORT, LONG, LONG, longEnoughForAFailure, LONG))) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void assertStops(DatabaseSettings settings) {
        try (Database database = migrated(settings)) {
            Transactions transactions = database.transactions();
            long start = System.nanoTime();
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> transactions.run(handle -> handle.execute(SLEEP)));
            assertThat(since(start)).isBetween(Duration.ofMillis(900), SOON);
        }
    }

    private static Database migrated(DatabaseSettings settings) {
        return new Database(settings);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static DatabaseSettings settings(
            String url, Duration connect, Duration socket, Duration statement, Duration poolWait, Duration lookup) {
        return new DatabaseSettings(url, "postgres", null, 1, 1, connect, socket, statement, poolWait, lookup, 1 << 20);
    }

    /** A server whose accept queue is full: connection attempts to it are dropped. */
    private static final class FullBacklog implements AutoCloseable {
        private static final int AT_MOST = 20;

        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();

        FullBacklog() throws IOException {
            boolean full = false;
            while (!full && waiting.size() < AT_MOST) {
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(server.getLocalSocketAddress(), 300);
                } catch (SocketTimeoutException dropped) {
                    full = true;
                }
            }
            assumeThat(full)
                    .as("this system drops connections beyond the backlog")
                    .isTrue();
        }

        String url() {
            return "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/postgres";
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        }
    }
}
