package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Proxy;
import dev.jeton.bootstrap.support.Signals;
import dev.jeton.bootstrap.support.Store;
import dev.jeton.jdbi.DatabaseSettings;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Servers, a PostgreSQL and the wire between them, for somebody who does them harm. Several can share a PostgreSQL. Thread-safe. */
final class Site implements AutoCloseable {
    /** Two for housekeeping, and one for freshness reads. */
    private static final int FURTHER_CONNECTIONS = 3;

    private static final List<String> OF_THE_JVM = List.of("GC ", "G1 ", "C1 ", "C2 ", "VM ");

    private final String name;
    private final Store store;
    private final Proxy wire;
    private final Cluster cluster;
    private final List<JetonProcess> servers = new CopyOnWriteArrayList<>();
    private final String operator;
    private final String gateway;

    private Site(Path directory, String name, Store store, Starter starter) throws IOException {
        this.name = name;
        this.store = store;
        wire = store.proxy();
        cluster = Cluster.on(Files.createDirectories(directory.resolve(name)), store.over(wire, name));
        operator = starter.start(cluster, servers);
        gateway = administration().gateway();
    }

    private interface Starter {
        /** Adds what it starts, and returns the operator's secret. */
        String start(Cluster cluster, List<JetonProcess> servers);
    }

    /** So many packaged servers. */
    static Site start(Path directory, Store store, int count) throws IOException {
        return new Site(directory, "real", store, (cluster, servers) -> {
            for (int i = 0; i < count; i++) {
                servers.add(cluster.server(Integer.toString(i)));
            }
            return cluster.operatorToken();
        });
    }

    /** A twin alone, with a wire of its own to the same PostgreSQL. */
    Site twin(Path directory, Class<?> program) throws IOException {
        return new Site(directory, program.getSimpleName(), store, (others, processes) -> {
            processes.add(others.twin("0", program));
            return operator;
        });
    }

    Store store() {
        return store;
    }

    Proxy wire() {
        return wire;
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

    /** The secret of somebody who may verify everywhere. */
    String gateway() {
        return gateway;
    }

    /** Owners in so many new tenants, who stay whatever is lost of their tokens. */
    List<User> owners(int count) throws SQLException {
        List<User> owners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            owners.add(administration()
                    .user(administration()
                            .tenant(TokenPolicy.getDefaultInstance())
                            .getId()));
        }
        store.flush();
        return owners;
    }

    void killServer(int index) {
        Signals.send("KILL", servers.get(index).handle());
    }

    /** In the place of one that was killed. */
    void restartServer(int index) {
        servers.get(index).kill9();
        servers.set(index, cluster.server(Integer.toString(index)));
    }

    /** The servers' connections that the database knows of. */
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

    /** How many of them there may be. */
    int mostConnections() {
        DatabaseSettings settings = DatabaseSettings.of("jdbc:postgresql:", "", null);
        return size() * (Cluster.POOL_SIZE + settings.lookupPoolSize() + FURTHER_CONNECTIONS);
    }

    /** Has the database end them. */
    void disconnect(Connection by) throws SQLException {
        try (PreparedStatement statement = by.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /** The servers' threads, but for those that the JVM has for itself. */
    int threads() throws IOException {
        int count = 0;
        for (JetonProcess server : servers) {
            Path tasks = Path.of("/proc", Long.toString(server.handle().pid()), "task");
            try (Stream<Path> threads = Files.list(tasks)) {
                count += Math.toIntExact(threads.filter(Site::isOwn).count());
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

    private static boolean isOwn(Path thread) {
        try {
            String threadName = Files.readString(thread.resolve("comm"));
            return OF_THE_JVM.stream().noneMatch(threadName::startsWith);
        } catch (IOException ended) {
            return false;
        }
    }
}
