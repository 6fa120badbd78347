package dev.jeton.jdbi.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    private final TestDatabase database = TestDatabase.explained();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void plansOfEmptyTablesSuitLargeOnes() {
        EveryPort ports = new EveryPort(database, database.backdoor());
        for (int i = 0; i <= EXECUTIONS_UNTIL_PREPARED; i++) {
            ports.callAll(ports.stored());
        }
        database.backdoor().useHandle(GrownTables::fill);

        assertThat(excessive(() -> ports.callAll(GrownTables.world(1)))).isEmpty();

        database.backdoor().useHandle(handle -> handle.execute("ANALYZE"));

        assertThat(excessive(() -> ports.callAll(GrownTables.world(2))))
                .as("plans by fresh statistics")
                .isEmpty();
        assertThat(ports.notCalled()).as("add a call to EveryPort").isEmpty();
    }

    @Test
    void detectsAScan() {
        database.backdoor().useHandle(handle -> handle.execute("""
                        INSERT INTO audit_pending SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, 10000)
                        """));

        List<LoggedPlan> excessive = excessive(() -> database.as(DatabaseRole.HOUSEKEEPING)
                .useHandle(handle -> handle.select("SELECT FROM audit_pending WHERE event_id = tenant_id")
                        .mapToMap()
                        .list()));

        assertThat(excessive).hasSize(1);
    }

    private List<LoggedPlan> excessive(Runnable work) {
        return database.backdoor().withHandle(handle -> {
            long start = LoggedPlan.end(handle);
            work.run();
            return LoggedPlan.since(handle, start).stream()
                    .filter(plan -> plan.pages() > PAGES + PAGES_PER_ROW * plan.rows())
                    .toList();
        });
    }
}
