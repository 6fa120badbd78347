package dev.jeton.campaigns.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jeton.bootstrap.ForgetfulJeton;
import dev.jeton.bootstrap.HopingJeton;
import dev.jeton.bootstrap.LateAuditJeton;
import dev.jeton.bootstrap.support.Store;
import dev.jeton.campaigns.faults.Violation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The short form of {@link Experiment}, which {@link Faults} has a long one of, and the twins that it must catch. */
class FaultsIT {
    private static final Experiment.Form FORM = new Experiment.Form(120, 30);

    @TempDir
    private static Path directory;

    private static Store store;
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        store = Store.start(directory.resolve("database"), Faults.CONNECTIONS);
        site = Site.start(directory, store, Faults.SERVERS);
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
        store.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DISK_FULL", "LATE"})
    void whatIsPromisedIsKept(Fault fault) throws Exception {
        assertThatNothingIsViolated(run(site, fault));
    }

    @Test
    void whatIsPromisedIsKeptOnAFullDisk() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(directory.resolve("small"));
        assumeTrue(mounted.isPresent(), "File systems cannot be mounted here, so no disk can be filled up");
        try (SmallDisk disk = mounted.get();
                Store small = Store.start(disk.path(), Faults.CONNECTIONS);
                Site onIt = Site.start(Files.createDirectories(directory.resolve("beside")), small, 1)) {
            assertThatNothingIsViolated(run(onIt, Fault.DISK_FULL));
        }
    }

    /** With these settings a commit is acknowledged long before it is written. */
    @Test
    void commitsThatAreNotDurableAreCaught() throws Exception {
        configure("ALTER SYSTEM SET wal_writer_delay = '10s'");
        configure("ALTER SYSTEM SET wal_writer_flush_after = '1GB'");
        configure("ALTER SYSTEM SET bgwriter_lru_maxpages = 0");
        configure("ALTER DATABASE postgres SET synchronous_commit = off");
        try {
            assertCaught(run(site, Fault.DATABASE_KILLED), Kind.LOST, Kind.REVIVED);
        } finally {
            configure("ALTER DATABASE postgres RESET synchronous_commit");
            configure("ALTER SYSTEM RESET ALL");
        }
    }

    @Test
    void eventsThatAreNotPartOfTheirChangeAreCaught() throws Exception {
        try (Site twin = site.twin(directory, LateAuditJeton.class)) {
            assertCaught(run(twin, Fault.COMMITS_CUT), Kind.UNAUDITED);
        }
    }

    @Test
    void hopesThatAreTakenForCommitsAreCaught() throws Exception {
        try (Site twin = site.twin(directory, HopingJeton.class)) {
            assertCaught(run(twin, Fault.COMMITS_CUT), Kind.LOST, Kind.REVIVED);
        }
    }

    @Test
    void aRetryThatIsDoneTwiceIsCaught() throws Exception {
        try (Site twin = site.twin(directory, ForgetfulJeton.class)) {
            assertCaught(run(twin, Fault.COMMITS_CUT), Kind.REPEATED);
        }
    }

    private static Report run(Site where, Fault fault) throws Exception {
        Report report = new Experiment(where, FORM).run(fault, new SplittableRandom().nextLong());
        System.out.println(report);
        return report;
    }

    private static void assertThatNothingIsViolated(Report report) {
        assertThat(report.violations()).as(report.toString()).isEmpty();
    }

    /** Otherwise the other tests would say nothing. */
    private static void assertCaught(Report report, Kind... asOneOf) {
        assertThat(report.violations()).as(report.toString()).anyMatch(violation -> List.of(asOneOf)
                .contains(violation.kind()));
    }

    private static void configure(String sql) throws SQLException, IOException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("SELECT pg_reload_conf()");
        }
        // What is set counts for new connections.
        site.wire().reset();
    }
}
