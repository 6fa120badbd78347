package dev.jeton.bootstrap.support;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A PostgreSQL that can be stopped, killed and restarted, with proxies to it. Thread-safe. */
public final class Store implements AutoCloseable {
    private static final String SCHEME = "jdbc:";

    private final Path directory;
    private final int connections;
    private final List<Proxy> proxies = new CopyOnWriteArrayList<>();
    private volatile EmbeddedDatabase database;

    private Store(Path directory, int connections) {
        this.directory = directory;
        this.connections = connections;
        database = EmbeddedDatabase.start(PreparedData.in(directory), connections);
    }

    /**
     * Starts a PostgreSQL, on existing data if there is any.
     *
     * @param directory for its data
     * @param connections the minimum that it must accept
     */
    public static Store start(Path directory, int connections) {
        return new Store(directory, connections);
    }

    public Path directory() {
        return directory;
    }

    /** Creates a proxy, which closes with this. */
    public Proxy proxy() throws IOException {
        Proxy proxy = new Proxy(port());
        proxies.add(proxy);
        return proxy;
    }

    /** A login through the proxy, with this application name. */
    public Login over(Proxy proxy, String name) {
        Login login = database.login();
        return new Login(
                "jdbc:postgresql://127.0.0.1:%d/postgres?ApplicationName=%s".formatted(proxy.port(), name),
                login.user(),
                login.password());
    }

    /** A direct login. */
    public Login login() {
        return database.login();
    }

    /** A connection without proxy. */
    public Connection connect() throws SQLException {
        Login login = database.login();
        return DriverManager.getConnection(login.url(), login.user(), login.password());
    }

    /** Makes all earlier commits durable, even asynchronous ones. */
    public void flush() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
            // A transaction without writes would not wait for the log.
            statement.execute("SELECT pg_logical_emit_message(true, 'jeton', 'flush')");
        }
    }

    /** Sends a signal to all of its processes. */
    public void signal(String signal) throws IOException {
        Signals.send(signal, processes());
    }

    public boolean isRunning() throws IOException {
        return processes().length > 0;
    }

    /** Starts it again after a kill. */
    public void restart() {
        database = EmbeddedDatabase.start(PreparedData.in(directory), connections);
        proxies.forEach(proxy -> proxy.pointTo(port()));
    }

    @Override
    public void close() throws IOException {
        for (Proxy proxy : proxies) {
            proxy.close();
        }
        database.close();
    }

    public int port() {
        return URI.create(database.login().url().substring(SCHEME.length())).getPort();
    }

    private ProcessHandle[] processes() throws IOException {
        return processes(directory);
    }

    /** The postmaster on this data directory and the processes it started; empty if it does not run. */
    public static ProcessHandle[] processes(Path dataDirectory) throws IOException {
        Path pidFile = dataDirectory.resolve("postgres/postmaster.pid");
        if (!Files.exists(pidFile)) {
            return new ProcessHandle[0];
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        return ProcessHandle.of(pid).stream()
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .toArray(ProcessHandle[]::new);
    }
}
