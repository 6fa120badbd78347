package dev.jeton.benchmark;

import dev.jeton.benchmark.reference.SingleInsert;
import dev.jeton.benchmark.reference.SingleLookup;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.Histogram;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the database itself can do, asked straight through its driver by a number of clients, each with a connection and a thread. */
final class DriverClients {
    private final Login login;
    private final double warmUpSeconds;
    private final double seconds;

    DriverClients(Login login, double warmUpSeconds, double seconds) {
        this.login = login;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    /** What one client does again and again. */
    private interface Client extends AutoCloseable {
        void act() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private interface Connecting {
        Client connect() throws SQLException;
    }

    /** @param p50Millis of one statement, at its client */
    record Speed(double perSecond, double p50Millis) {}

    /** Prepared look-ups of single tokens, at random among the first {@code count} of the population. */
    Speed lookUp(int clients, Population population, int count) {
        return run(clients, () -> new Client() {
            private final SingleLookup lookup = SingleLookup.connect(login);
            private final SplittableRandom choice = new SplittableRandom();
            private final SeededRandom random = new SeededRandom();

            @Override
            public void act() throws SQLException {
                int number = choice.nextInt(count);
                UUID tenant = population.owner(number).tenantId().value();
                UUID token = population.id(number, random).value();
                if (lookup.find(tenant, token).isEmpty()) {
                    throw new IllegalStateException("Token " + token + " is not there");
                }
            }

            @Override
            public void close() throws SQLException {
                lookup.close();
            }
        });
    }

    /** Durable inserts of single small rows. */
    Speed insert(int clients) {
        try {
            SingleInsert.prepare(login);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return run(clients, () -> new Client() {
            private final SingleInsert insert = SingleInsert.connect(login);

            @Override
            public void act() throws SQLException {
                insert.insert(UUID.randomUUID());
            }

            @Override
            public void close() throws SQLException {
                insert.close();
            }
        });
    }

    private Speed run(int clients, Connecting connecting) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> runOne(connecting)));
            }
            long total = 0;
            double p50 = 0;
            for (Future<Histogram> client : running) {
                Histogram latencies = client.get();
                total += latencies.count();
                p50 += latencies.percentile(50) / 1e6 / clients;
            }
            return new Speed(total / seconds, p50);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("A client of the database failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram runOne(Connecting connecting) throws SQLException {
        Histogram latencies = new Histogram();
        try (Client client = connecting.connect()) {
            long began = System.nanoTime();
            long from = began + (long) (warmUpSeconds * 1e9);
            long until = from + (long) (seconds * 1e9);
            for (long start = began; start < until; ) {
                client.act();
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
