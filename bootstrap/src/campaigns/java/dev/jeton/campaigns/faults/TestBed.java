package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Proxy;
import dev.jeton.bootstrap.support.Signals;
import dev.jeton.bootstrap.support.Store;
import dev.jeton.jdbi.DatabaseSettings;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Servers, their PostgreSQL and the proxy between them, all of which can fail. Environments can share a PostgreSQL. Thread-safe. */
final class TestBed implements AutoCloseable {
    /** Per server: two connections each for upkeep, freshness reads, and tokens created together. */
    private static final int FURTHER_CONNECTIONS = 6;

    private static final List<String> JVM_THREADS = List.of("GC ", "G1 ", "C1 ", "C2 ", "VM ");

    private final String name;
    private final Proxy proxy;
    private final Cluster cluster;
    private final List<JetonProcess> servers = new CopyOnWriteArrayList<>();
    private final @Nullable Replication replication;
    private volatile Store store;
    private String operator = "";
    private String gateway = "";

    private TestBed(Path directory, String name, Store store, @Nullable Replication replication) throws IOException {
        this.name = name;
        this.store = store;
        this.replication = replication;
        proxy = store.proxy();
        Login login = replication == null ? store.over(proxy, name) : replication.login(proxy.port(), name);
        cluster = Cluster.on(Files.createDirectories(directory.resolve(name)), login)
                .withUsualLimits();
    }

    /** Starts {@code count} packaged servers. */
    static TestBed start(Path directory, Store store, int count) throws IOException {
        TestBed testBed = new TestBed(directory, "real", store, null);
        for (int i = 0; i < count; i++) {
            testBed.servers.add(testBed.cluster.server(Integer.toString(i)));
        }
        return testBed.ready(testBed.cluster.operatorToken());
    }

    /** Starts two packaged servers on a primary and its standby. Only server 0 reaches the primary through the proxy. */
    static TestBed start(Path directory, Replication replication) throws IOException {
        TestBed testBed = new TestBed(directory, "replicated", replication.primary(), replication);
        String direct =
                replication.login(replication.primary().port(), "replicated").url();
        testBed.servers.add(testBed.cluster.server("0"));
        testBed.servers.add(testBed.cluster.serverAt(direct, "1"));
        return testBed.ready(testBed.cluster.operatorToken());
    }

    /** Starts a single broken twin with its own proxy to the same PostgreSQL. */
    TestBed twin(Path directory, Class<?> program) throws IOException {
        TestBed testBed = new TestBed(directory, program.getSimpleName(), store, null);
        testBed.servers.add(testBed.cluster.twin("0", program));
        return testBed.ready(operator);
    }

    private TestBed ready(String operatorSecret) {
        operator = operatorSecret;
        gateway = administration().gateway();
        return this;
    }

    /** The PostgreSQL that takes changes now. */
    Store store() {
        return store;
    }

    Proxy proxy() {
        return proxy;
    }

    Replication replication() {
        return Objects.requireNonNull(replication);
    }

    /** Promotes the standby. */
    void promoteStandby() {
        replication().promote();
        store = replication().standby();
    }

    int size() {
        return servers.size();
    }

    JetonProcess server(int index) {
        return servers.get(index);
    }

    String operator() {
        return operator;
    }

    /** The secret of a caller that may verify every tenant's tokens. */
    String gateway() {
        return gateway;
    }

    /** Creates {@code count} users, each in a new tenant, and makes them durable. */
    List<User> owners(int count) throws SQLException {
        List<User> owners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            owners.add(Awaiting.until(this::newOwner, Optional::isPresent).orElseThrow());
        }
        store.flush();
        return owners;
    }

    /** Empty if the server has no working database connection, as after a reset. */
    private Optional<User> newOwner() {
        try {
            Api api = administration();
            return Optional.of(
                    api.user(api.tenant(TokenPolicy.getDefaultInstance()).getId()));
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    void signalServer(int index, String signal) {
        Signals.send(signal, servers.get(index).handle());
    }

    /** Replaces a killed server. */
    void restartServer(int index) {
        servers.get(index).kill9();
        servers.set(index, cluster.server(Integer.toString(index)));
    }

    /** The number of these servers' connections in the database. */
    int connections() {
        try (Connection connection = store.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?")) {
            statement.setString(1, name);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getInt(1);
            }
        } catch (SQLException notNow) {
            return Integer.MAX_VALUE;
        }
    }

    /** The maximum number of connections in the servers' pools. */
    int maxConnections() {
        DatabaseSettings settings = DatabaseSettings.of("jdbc:postgresql:", "", null);
        return size() * (Cluster.POOL_SIZE + settings.lookupPoolSize() + FURTHER_CONNECTIONS);
    }

    /** Makes the database close all connections of these servers. */
    void terminateConnections(Connection by) throws SQLException {
        try (PreparedStatement statement = by.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /** The number of the servers' threads, excluding the JVM's own. */
    int threads() {
        int count = 0;
        for (JetonProcess server : servers) {
            Path tasks = Path.of("/proc", Long.toString(server.handle().pid()), "task");
            try (Stream<Path> threads = Files.list(tasks)) {
                count += Math.toIntExact(threads.filter(TestBed::isOfServer).count());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }

    private Api administration() {
        return new Api(servers.get(0).as(operator));
    }

    private static boolean isOfServer(Path thread) {
        try {
            String threadName = Files.readString(thread.resolve("comm"));
            return JVM_THREADS.stream().noneMatch(threadName::startsWith);
        } catch (IOException ended) {
            return false;
        }
    }
}
