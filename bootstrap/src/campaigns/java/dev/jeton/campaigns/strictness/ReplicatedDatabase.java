package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.Proxy;
import dev.jeton.bootstrap.support.Signals;
import dev.jeton.bootstrap.support.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A primary, and a standby that follows it over a wire that can be made bad. The standby is a copy of the primary from before its first
 * change, because what makes one of a running primary is not among the embedded programs. Not thread-safe.
 */
final class ReplicatedDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 100;
    private static final int ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 50;

    private final Path directory;
    private final Proxy replication;
    private final EmbeddedDatabase primary;
    private final EmbeddedDatabase standby;
    private boolean fenced;

    private ReplicatedDatabase(Path directory, Proxy replication, EmbeddedDatabase primary, EmbeddedDatabase standby) {
        this.directory = directory;
        this.replication = replication;
        this.primary = primary;
        this.standby = standby;
    }

    /** Makes what {@link #start} begins with, once for many. */
    static Path template(Path directory) {
        EmbeddedDatabase.start(PreparedData.in(directory), CONNECTIONS).close();
        return directory;
    }

    /**
     * Returns when the standby follows.
     *
     * @param synchronous whether the primary acknowledges a commit only when the standby has it on its disk
     */
    static ReplicatedDatabase start(Path template, Path directory, boolean synchronous) throws Exception {
        Proxy replication = new Proxy(0);
        EmbeddedDatabase primary = primary(template, directory.resolve("primary"), synchronous);
        replication.pointTo(port(primary));
        EmbeddedDatabase standby = standby(template, directory.resolve("standby"), replication.port(), primary.login());
        ReplicatedDatabase database = new ReplicatedDatabase(directory, replication, primary, standby);
        database.awaitFollowing(synchronous ? "sync" : "async");
        return database;
    }

    private static EmbeddedDatabase primary(Path template, Path directory, boolean synchronous) throws Exception {
        copy(template, directory);
        configure(directory, "synchronous_standby_names = '%s'".formatted(synchronous ? "standby" : ""));
        return EmbeddedDatabase.start(PreparedData.in(directory), CONNECTIONS);
    }

    private static EmbeddedDatabase standby(Path template, Path directory, int port, Login login) throws Exception {
        copy(template, directory);
        Files.createFile(directory.resolve("postgres/standby.signal"));
        configure(
                directory,
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'"
                        .formatted(port, login.user(), login.password()));
        return EmbeddedDatabase.start(PreparedData.in(directory), CONNECTIONS);
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        int status = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("Could not copy " + from);
        }
    }

    private static void configure(Path directory, String line) throws IOException {
        Files.writeString(directory.resolve("postgres/postgresql.auto.conf"), line + "\n", StandardOpenOption.APPEND);
    }

    /** Of both, whichever is the primary. */
    Login login() {
        return new Login(
                url(primaryPort()), primary.login().user(), primary.login().password());
    }

    /** The same, if the first primary is reached at another port. */
    String url(int port) {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres".formatted(port, port(standby));
    }

    int primaryPort() {
        return port(primary);
    }

    /** From now on nothing new gets to the standby. */
    void holdUpReplication() {
        replication.become(Proxy.Quality.SILENT);
    }

    /** Kills the primary, as if its machine were without power. It does not come back. */
    void fence() throws IOException {
        Signals.send("KILL", Store.processes(directory.resolve("primary")));
        fenced = true;
    }

    /** Returns when the standby takes changes, whatever the primary does. */
    void promote() throws SQLException {
        ask(standby, "SELECT pg_promote(true, 60)::text");
    }

    @Override
    public void close() throws IOException {
        if (!fenced) {
            // It would wait for a standby that does not follow any more.
            Signals.send("KILL", Store.processes(directory.resolve("primary")));
        }
        standby.close();
        replication.close();
    }

    private void awaitFollowing(String state) throws SQLException, InterruptedException {
        String asked = "SELECT coalesce(max(sync_state), 'nobody') FROM pg_stat_replication WHERE state = 'streaming'";
        for (int i = 0; i < ATTEMPTS; i++) {
            if (ask(primary, asked).equals(state)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new IllegalStateException("The standby does not follow; see the logs in " + directory);
    }

    private static String ask(EmbeddedDatabase database, String question) throws SQLException {
        Login login = database.login();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int port(EmbeddedDatabase database) {
        return URI.create(database.login().url().substring("jdbc:".length())).getPort();
    }
}
