package dev.jeton.campaigns.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jeton.bootstrap.ForgetfulJeton;
import dev.jeton.bootstrap.HopingJeton;
import dev.jeton.bootstrap.LateAuditJeton;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Store;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.campaigns.faults.BrokenPromise.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every fault, and the broken twins that must be caught. */
@Tag("G1")
@Tag("G4")
@Tag("G6")
@Tag("G9")
@Tag("G11")
@Tag("G12")
class FaultsIT {
    private static final int SERVERS = 2;

    /** More than the servers need, and few enough to be exhausted quickly. */
    private static final int CONNECTIONS = 10;

    private static final int ROUNDS = Form.pick(1, 1, 20);
    private static final Set<Fault> IN_SMOKE =
            EnumSet.of(Fault.SERVER_KILLED, Fault.DATABASE_KILLED, Fault.SILENT, Fault.COMMITS_CUT);
    private static final Set<Fault> NEED_OTHER_DATABASE = EnumSet.copyOf(Fault.FAILOVERS);
    private static final SplittableRandom RANDOM = new SplittableRandom(Form.seed(7));

    /** Outcomes of the real servers, without the calls. */
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    @TempDir
    private static Path directory;

    private static Store store;
    private static TestBed testBed;

    static {
        NEED_OTHER_DATABASE.add(Fault.DISK_FULL);
    }

    @BeforeAll
    static void start() throws Exception {
        store = Store.start(directory.resolve("database"), CONNECTIONS);
        testBed = TestBed.start(directory, store, SERVERS);
    }

    @AfterAll
    static void stop() throws Exception {
        testBed.close();
        store.close();
        if (!OUTCOMES.isEmpty()) {
            addResults();
        }
    }

    static Stream<Fault> faults() {
        List<Fault> faults = Arrays.stream(Fault.values())
                .filter(fault -> !NEED_OTHER_DATABASE.contains(fault))
                .filter(fault -> Form.current() != Form.SMOKE || IN_SMOKE.contains(fault))
                .toList();
        return IntStream.range(0, ROUNDS).boxed().flatMap(round -> faults.stream());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyPromiseIsKept(Fault fault) throws Exception {
        assertNoViolation(runAgainIfLate(testBed, fault));
    }

    @Test
    @EnabledIf("isNoSmoke")
    void everyPromiseIsKeptOnAFullDisk() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(directory.resolve("small"));
        assumeTrue(mounted.isPresent(), "Not permitted to mount a file system");
        try (SmallDisk disk = mounted.get();
                Store onDisk = Store.start(disk.path(), CONNECTIONS);
                TestBed small = TestBed.start(Files.createDirectories(directory.resolve("beside")), onDisk, SERVERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                assertNoViolation(runAgainIfLate(small, Fault.DISK_FULL));
            }
        }
    }

    /** Acknowledges a commit long before it is on disk. Sessions set synchronous_commit themselves, so each transaction unsets it. */
    @Test
    @EnabledIf("isNoSmoke")
    void catchesADatabaseWithAsynchronousCommit() throws Exception {
        configure("ALTER SYSTEM SET wal_writer_delay = '10s'");
        configure("ALTER SYSTEM SET wal_writer_flush_after = '1GB'");
        configure("ALTER SYSTEM SET bgwriter_lru_maxpages = 0");
        // Every statement of a management call evaluates this function, also of one that only locks: its commit would
        // flush all before it.
        configure("""
                CREATE OR REPLACE FUNCTION jeton_tenant_id() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
                BEGIN
                    PERFORM set_config('synchronous_commit', 'off', true);
                    RETURN NULLIF(current_setting('jeton.tenant_id', true), '')::uuid;
                END $$
                """);
        configure("""
                CREATE FUNCTION commit_asynchronously() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN PERFORM set_config('synchronous_commit', 'off', true); RETURN NULL; END $$
                """);
        configure("""
                CREATE TRIGGER asynchronous BEFORE INSERT ON audit_chain
                    FOR EACH STATEMENT EXECUTE FUNCTION commit_asynchronously()
                """);
        try {
            assertCaught(run(testBed, Fault.DATABASE_KILLED), Kind.LOST, Kind.REVIVED);
        } finally {
            configure("""
                    CREATE OR REPLACE FUNCTION jeton_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
                        AS $$ SELECT NULLIF(current_setting('jeton.tenant_id', true), '')::uuid $$
                    """);
            configure("DROP FUNCTION commit_asynchronously CASCADE");
            configure("ALTER SYSTEM RESET ALL");
        }
    }

    @Test
    @EnabledIf("isNoSmoke")
    void catchesAuditOutsideTheTransaction() throws Exception {
        assertCaught(runTwin(LateAuditJeton.class), Kind.UNAUDITED);
    }

    @Test
    @EnabledIf("isNoSmoke")
    void catchesALostAnswerTreatedAsACommit() throws Exception {
        assertCaught(runTwin(HopingJeton.class), Kind.LOST, Kind.REVIVED);
    }

    @Test
    @EnabledIf("isNoSmoke")
    void catchesARetryThatCreatesTwice() throws Exception {
        assertCaught(runTwin(ForgetfulJeton.class), Kind.REPEATED);
    }

    /** The smoke form has no twins, because JudgeTest proves that each kind of broken promise is found. */
    static boolean isNoSmoke() {
        return Form.current() != Form.SMOKE;
    }

    private static Outcome runTwin(Class<?> program) throws Exception {
        try (TestBed twin = testBed.twin(directory, program)) {
            return run(twin, Fault.COMMITS_CUT);
        }
    }

    /** Runs an experiment again if nothing but its times was wrong: the machine may have stalled once. A slow server is late twice. */
    private static Outcome runAgainIfLate(TestBed where, Fault fault) throws Exception {
        Outcome outcome = run(where, fault);
        return outcome.isOnlyLate() ? run(where, fault) : outcome;
    }

    private static Outcome run(TestBed where, Fault fault) throws Exception {
        Outcome outcome = Experiment.run(where, fault, Experiment.Size.ofForm(), RANDOM.split());
        System.out.println(outcome);
        return outcome;
    }

    private static void assertNoViolation(Outcome outcome) throws IOException {
        OUTCOMES.add(outcome.withoutCalls());
        if (!outcome.violations().isEmpty()) {
            System.out.println("All calls are in " + outcome.write(JetonProcess.TARGET.resolve("faults")));
        }
        assertThat(outcome.violations()).as(outcome.toString()).isEmpty();
    }

    private static void assertCaught(Outcome outcome, Kind... asOneOf) {
        assertThat(outcome.violations()).as(outcome.toString()).anyMatch(violation -> List.of(asOneOf)
                .contains(violation.kind()));
    }

    private static void configure(String sql) throws SQLException, IOException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("SELECT pg_reload_conf()");
        }
        // Existing connections keep some settings.
        testBed.proxy().reset();
    }

    private static void addResults() {
        List<Outcome> kills =
                OUTCOMES.stream().filter(outcome -> outcome.fault().isKill()).toList();
        List<Outcome> judged = OUTCOMES.stream().filter(Outcome::timesJudged).toList();
        long violations = sum(OUTCOMES, outcome -> outcome.violations().size());
        Results.add(
                "G1",
                "faults",
                "%d violations in %,d changes acknowledged around %d kills"
                        .formatted(
                                sum(kills, outcome -> outcome.violations().size()),
                                sum(kills, Outcome::acknowledged),
                                kills.size()));
        Results.add(
                "G4, G6, G9",
                "faults",
                "%d violations in %d experiments: %,d changes acknowledged, %,d commits cut"
                        .formatted(
                                violations,
                                OUTCOMES.size(),
                                sum(OUTCOMES, Outcome::acknowledged),
                                sum(OUTCOMES, Outcome::cuts)));
        Results.add(
                "G11, G12",
                "faults",
                "longest call %d ms, served again after at most %d ms; judged in %d of %d experiments"
                        .formatted(
                                max(judged.isEmpty() ? OUTCOMES : judged, outcome -> outcome.longest()
                                        .toMillis()),
                                max(judged.isEmpty() ? OUTCOMES : judged, outcome -> outcome.servedAfter()
                                        .toMillis()),
                                judged.size(),
                                OUTCOMES.size()));
    }

    private static long sum(List<Outcome> outcomes, ToLongFunction<Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    private static long max(List<Outcome> outcomes, ToLongFunction<Outcome> figure) {
        return outcomes.stream().mapToLong(figure).max().orElse(0);
    }
}
