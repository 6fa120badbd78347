package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The faults. Each starts, and returns how to end it. */
enum Fault {
    SERVER_KILLED(Until.MOMENT, (testBed, clients) -> {
        testBed.signalServer(0, "KILL");
        return () -> testBed.restartServer(0);
    }),
    DATABASE_KILLED(Until.ALL_REFUSED, (testBed, clients) -> {
        testBed.store().signal("KILL");
        return testBed.store()::restart;
    }),
    DATABASE_STOPPED(Until.ALL_REFUSED, (testBed, clients) -> {
        testBed.store().signal("STOP");
        return () -> testBed.store().signal("CONT");
    }),
    OUT_OF_CONNECTIONS(Until.ALL_REFUSED, (testBed, clients) -> new ConnectionHog(testBed)::close),
    POSITIONS_LOCKED(
            Until.ALL_REFUSED,
            (testBed, clients) -> lock(testBed, "LOCK TABLE tenant_positions IN ACCESS EXCLUSIVE MODE")),
    TOKENS_LOCKED(
            Until.MANY_REFUSED, (testBed, clients) -> lock(testBed, "LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE")),
    /** Locks the rows of one tenant; the others are not affected. */
    TENANT_LOCKED(Until.MANY_REFUSED, (testBed, clients) -> {
        return lock(
                testBed,
                "SELECT FROM tenants JOIN tenant_positions USING (tenant_id) WHERE tenant_id = '%s' FOR UPDATE"
                        .formatted(clients.owners().get(0).getTenantId()));
    }),
    SILENT(Until.ALL_REFUSED, (testBed, clients) -> degrade(testBed, Proxy.Quality.SILENT)),
    DRIPPING(Until.ALL_REFUSED, (testBed, clients) -> degrade(testBed, Proxy.Quality.DRIPPING)),
    LATE(Until.MOMENT, (testBed, clients) -> degrade(testBed, Proxy.Quality.LATE)),
    CONNECTIONS_RESET(Until.MOMENT, (testBed, clients) -> {
        testBed.proxy().reset();
        return testBed.proxy()::reset;
    }),
    COMMITS_CUT(Until.ENOUGH_CUTS, (testBed, clients) -> degrade(testBed, Proxy.Quality.CUTTING)),
    /** Requires a PostgreSQL on a separate small file system. */
    DISK_FULL(Until.MANY_REFUSED, (testBed, clients) -> {
        Path filler = SmallDisk.fill(testBed.store().directory());
        return () -> {
            Files.delete(filler);
            if (!testBed.store().isRunning()) {
                testBed.store().restart();
            }
        };
    }),
    /** The primary dies and its synchronous standby is promoted. */
    FAILOVER(Until.NOW, (testBed, clients) -> {
        changeWhileServerStopped(testBed, clients);
        testBed.store().signal("KILL");
        return () -> promote(testBed);
    }),
    /** The same with an asynchronous standby that lags behind, which loses changes. */
    FAILOVER_TO_LAGGING_STANDBY(Until.NOW, (testBed, clients) -> {
        changeWhileServerStopped(testBed, clients);
        testBed.replication().stall();
        TimeUnit.MILLISECONDS.sleep(Fault.LAG_MILLIS);
        testBed.store().signal("KILL");
        return () -> promote(testBed);
    }),
    /** The standby is promoted while the old primary still answers server 1, which revives tokens. */
    FAILOVER_WITHOUT_FENCING(Until.NOW, (testBed, clients) -> {
        changeWhileServerStopped(testBed, clients);
        testBed.proxy().close();
        return () -> promote(testBed);
    });

    static final Set<Fault> FAILOVERS = EnumSet.of(FAILOVER, FAILOVER_TO_LAGGING_STANDBY, FAILOVER_WITHOUT_FENCING);

    private static final Set<Fault> KILLS = EnumSet.of(SERVER_KILLED, DATABASE_KILLED);
    private static final int CANCELLATIONS = 20;
    private static final long LAG_MILLIS = 300;

    /** When the fault ends. */
    final Until until;

    private final Start start;

    Fault(Until until, Start start) {
        this.until = until;
        this.start = start;
    }

    enum Until {
        NOW,
        MOMENT,
        /** Every client has started a call during the fault and had it refused. */
        ALL_REFUSED,
        /** Twice as many calls as there are clients have been refused. */
        MANY_REFUSED,
        /** As many commits were cut as the experiment requires. */
        ENOUGH_CUTS
    }

    private interface Start {
        End run(TestBed testBed, Clients clients) throws Exception;
    }

    interface End {
        void run() throws Exception;
    }

    boolean isKill() {
        return KILLS.contains(this);
    }

    boolean isFailover() {
        return FAILOVERS.contains(this);
    }

    /** Whether no verification can be answered during the fault. The first few may still get a connection. */
    boolean stopsVerification() {
        return until == Until.ALL_REFUSED && this != OUT_OF_CONNECTIONS;
    }

    End begin(TestBed testBed, Clients clients) throws Exception {
        return start.run(testBed, clients);
    }

    private static End degrade(TestBed testBed, Proxy.Quality quality) {
        testBed.proxy().become(quality);
        return () -> testBed.proxy().become(Proxy.Quality.GOOD);
    }

    /** Runs the statement in a transaction that stays open until the end. */
    private static End lock(TestBed testBed, String sql) throws Exception {
        Connection connection = testBed.store().connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return () -> {
            connection.rollback();
            connection.close();
        };
    }

    /** Pauses server 1 with its connections and cache while tokens are cancelled through server 0. */
    private static void changeWhileServerStopped(TestBed testBed, Clients clients) throws Exception {
        testBed.signalServer(1, "STOP");
        long enough = clients.cancelled() + CANCELLATIONS;
        if (!Clients.await(() -> clients.cancelled() >= enough)) {
            throw new IllegalStateException("Only " + clients.cancelled() + " of " + enough + " cancellations");
        }
    }

    private static void promote(TestBed testBed) throws Exception {
        testBed.promoteStandby();
        testBed.signalServer(1, "CONT");
    }
}
