package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.Proxy;
import dev.jeton.bootstrap.support.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL primary and a standby that follows it through a proxy. Both start as copies of the same initialised cluster, because the
 * embedded PostgreSQL has no pg_basebackup. Not thread-safe.
 */
final class Replication implements AutoCloseable {
    private final Store primary;
    private final Proxy toPrimary;
    private final Store standby;

    private Replication(Store primary, Proxy toPrimary, Store standby) {
        this.primary = primary;
        this.toPrimary = toPrimary;
        this.standby = standby;
    }

    /**
     * Starts both and returns when the standby follows.
     *
     * @param synchronous whether the primary acknowledges a commit only when the standby has it on its disk
     */
    static Replication start(Path directory, boolean synchronous) throws IOException {
        Path primaryData = directory.resolve("primary");
        configure(primaryData, "synchronous_standby_names = '%s'".formatted(synchronous ? "standby" : ""));
        Store primary = Store.start(primaryData, Cluster.CONNECTIONS);
        Proxy toPrimary = primary.proxy();
        Login login = primary.login();
        Path standbyData = directory.resolve("standby");
        configure(
                standbyData,
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'"
                        .formatted(toPrimary.port(), login.user(), login.password()));
        Files.createFile(standbyData.resolve("postgres/standby.signal"));
        Replication replication = new Replication(primary, toPrimary, Store.start(standbyData, Cluster.CONNECTIONS));
        String expected = synchronous ? "sync" : "async";
        Awaiting.until(replication::syncState, expected::equals);
        return replication;
    }

    Store primary() {
        return primary;
    }

    Store standby() {
        return standby;
    }

    /** A login to whichever of the two is the primary. */
    Login login(int primaryPort, String application) {
        Login login = primary.login();
        String url = "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?ApplicationName=%s"
                .formatted(primaryPort, standby.port(), application);
        return new Login(url, login.user(), login.password());
    }

    /** Stops replication to the standby. */
    void stall() {
        toPrimary.become(Proxy.Quality.SILENT);
    }

    /** Promotes the standby, and returns when it accepts changes. */
    void promote() {
        query(standby, "SELECT pg_promote(true, 60)::text");
    }

    @Override
    public void close() throws IOException {
        // A clean stop of the primary would wait for a standby that no longer follows.
        primary.signal("KILL");
        standby.close();
        primary.close();
    }

    private String syncState() {
        return query(
                primary, "SELECT coalesce(max(sync_state), '') FROM pg_stat_replication WHERE state = 'streaming'");
    }

    private static void configure(Path data, String line) throws IOException {
        PreparedData.in(data);
        Files.writeString(data.resolve("postgres/postgresql.auto.conf"), line + "\n", StandardOpenOption.APPEND);
    }

    private static String query(Store store, String sql) {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
