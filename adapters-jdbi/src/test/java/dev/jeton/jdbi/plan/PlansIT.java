package dev.jeton.jdbi.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No statement reads much more than it returns, however little the tables held when its connection planned it: connections plan once and keep
 * the plan until the statistics change. All statements are planned on empty tables, which are then filled at once.
 */
class PlansIT {
    /** The driver has the server prepare a statement when it is executed for the fifth time. */
    private static final int EXECUTIONS_UNTIL_PREPARED = 5;

    /** Of a statement that returns nothing, and for each row: a look-up takes up to four, and a token is read with five look-ups. */
    private static final int PAGES = 100;

    private static final int PAGES_PER_ROW = 20;

    private static TestDatabase database;
    private static EveryPort ports;

    @BeforeAll
    static void open() {
        database = TestDatabase.explained();
        ports = new EveryPort(database, database.backdoor());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"as they are created", "analyzed"})
    void plansOfEmptyTablesSuitLargeOnes(String tables) {
        try (TestDatabase filled = TestDatabase.explained()) {
            EveryPort calls = new EveryPort(filled, filled.backdoor());
            prepare(calls);
            if (tables.equals("analyzed")) {
                filled.backdoor().useHandle(handle -> handle.execute("VACUUM ANALYZE"));
                prepare(calls);
            }
            filled.backdoor().useHandle(GrownTables::fill);

            assertThat(excessive(filled, () -> calls.callAll(GrownTables.world(1)))).isEmpty();

            filled.backdoor().useHandle(handle -> handle.execute("ANALYZE"));

            assertThat(excessive(filled, () -> calls.callAll(GrownTables.world(2)))).isEmpty();
        }
    }

    private static void prepare(EveryPort calls) {
        for (int i = 0; i <= EXECUTIONS_UNTIL_PREPARED; i++) {
            calls.callAll(calls.stored());
        }
    }

    @Test
    void everyMethodOfEveryPortIsCalled() {
        ports.callAll(ports.stored());

        assertThat(ports.notCalled()).as("add a call to EveryPort").isEmpty();
    }

    @Test
    void detectsAScan() {
        database.backdoor()
                .useHandle(handle -> handle.execute("""
                        INSERT INTO tenant_positions
                        SELECT gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid() FROM generate_series(1, 10000)
                        """));

        List<LoggedPlan> excessive = excessive(database, () -> database.as(DatabaseRole.VERIFICATION)
                .useHandle(handle -> handle.select("SELECT FROM tenant_positions WHERE number = 2")
                        .mapToMap()
                        .list()));

        assertThat(excessive).hasSize(1);
    }

    private static List<LoggedPlan> excessive(TestDatabase database, Runnable work) {
        return database.backdoor().withHandle(handle -> {
            long start = LoggedPlan.end(handle);
            work.run();
            return LoggedPlan.since(handle, start).stream()
                    .filter(plan -> plan.pages() > PAGES + PAGES_PER_ROW * plan.rows())
                    .toList();
        });
    }
}
