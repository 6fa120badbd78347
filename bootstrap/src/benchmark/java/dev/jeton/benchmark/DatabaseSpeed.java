package dev.jeton.benchmark;

import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.benchmark.reference.SingleLookup;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.bootstrap.support.Load;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures the database itself through its driver. Each client has its own connection and thread. Immutable. */
final class DatabaseSpeed {
    private static final String PAGE = """
            SELECT t.*,
                ARRAY(SELECT w.workload_id FROM token_workloads w
                      WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id) AS workload_ids,
                (SELECT u.last_used_time FROM token_usage u
                 WHERE u.tenant_id = t.tenant_id AND u.token_id = t.token_id) AS last_used_time
            FROM tokens t WHERE t.tenant_id = ? ORDER BY t.token_id DESC LIMIT ?
            """;
    private static final String TEXT = "x".repeat(100);

    private final TestBed bed;
    private final Login login;
    private final double warmUpSeconds;
    private final double seconds;

    DatabaseSpeed(TestBed bed, double warmUpSeconds, double seconds) {
        this.bed = bed;
        login = bed.server().database();
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    /** Prepares the statement that it repeats. */
    private interface Client {
        Load.Step prepare(Connection connection) throws SQLException;
    }

    /**
     * @param p50Millis of one statement, as the client sees it
     * @param cores used meanwhile; the load is the clients
     */
    record Speed(double perSecond, double p50Millis, CoreUse cores) {}

    /** Measures prepared lookups of random single tokens. */
    Speed lookUp(int clients, BenchmarkTokens tokens) {
        Population population = tokens.ten();
        return run(clients, connection -> {
            SingleLookup lookup = new SingleLookup(connection);
            SplittableRandom choice = new SplittableRandom();
            SeededRandom random = new SeededRandom();
            return () -> {
                int number = choice.nextInt(tokens.filled());
                UUID tenant = population.owner(number).tenantId().value();
                UUID token = population.id(number, random).value();
                if (lookup.find(tenant, token).isEmpty()) {
                    throw new IllegalStateException("Token " + token + " is missing");
                }
            };
        });
    }

    /** Measures reads of one page of a tenant's tokens, with all that ListTokens shows of them. */
    Speed page(UUID tenantId, int size) {
        return run(1, connection -> {
            PreparedStatement page = connection.prepareStatement(PAGE);
            page.setObject(1, tenantId);
            page.setInt(2, size);
            return () -> {
                try (ResultSet rows = page.executeQuery()) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= columns; column++) {
                            rows.getObject(column);
                        }
                    }
                }
            };
        });
    }

    /** Measures durable inserts of single small rows into a table outside Jeton's schema. */
    Speed insert(int clients) {
        try (Connection connection = SingleLookup.connect(login);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS benchmark CASCADE");
            statement.execute("CREATE SCHEMA benchmark");
            statement.execute("CREATE TABLE benchmark.rows (id uuid PRIMARY KEY, text text NOT NULL)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return run(clients, connection -> {
            PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO benchmark.rows (id, text) VALUES (?, ?)");
            return () -> {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, TEXT);
                insert.executeUpdate();
            };
        });
    }

    private Speed run(int clients, Client client) {
        Histogram[] all = new Histogram[clients];
        CoreUse cores = bed.use(() -> run(client, all));
        long total = Arrays.stream(all).mapToLong(Histogram::count).sum();
        double p50 = Arrays.stream(all)
                .mapToDouble(latencies -> latencies.percentile(50) / 1e6)
                .average()
                .orElseThrow();
        return new Speed(total / seconds, p50, cores);
    }

    private void run(Client client, Histogram[] all) {
        int clients = all.length;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> latencies(client)));
            }
            for (int i = 0; i < clients; i++) {
                all[i] = running.get(i).get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("A client of the database failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram latencies(Client client) throws Exception {
        Histogram latencies = new Histogram();
        try (Connection connection = SingleLookup.connect(login)) {
            Load.Step statement = client.prepare(connection);
            long start = System.nanoTime();
            long from = start + (long) (warmUpSeconds * 1e9);
            long until = from + (long) (seconds * 1e9);
            while (start < until) {
                statement.run();
                long end = System.nanoTime();
                if (start >= from) {
                    latencies.add(end - start);
                }
                start = end;
            }
        }
        return latencies;
    }
}
