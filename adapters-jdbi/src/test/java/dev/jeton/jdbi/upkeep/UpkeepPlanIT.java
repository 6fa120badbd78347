package dev.jeton.jdbi.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of upkeep's statements does not grow with the number of tokens. */
class UpkeepPlanIT {
    private static final int GIVEN = 3;

    private static final Map<String, String> LITERALS = Map.of(
            "tenantIds", "ARRAY[id(1, 1), id(1, 1), id(1, 1)]",
            "tokenIds", "ARRAY[id(4, 1), id(4, 21), id(4, 41)]",
            "micros", "ARRAY[1::bigint, 1, 1]",
            "staleSchemes", "ARRAY['sha256', 'sha256', 'sha256']",
            "freshSchemes", "ARRAY['sha256', 'sha256', 'sha256']",
            "staleDigests", "ARRAY['00', '00', '00']",
            "freshDigests", "ARRAY['00', '00', '00']");

    private static TestDatabase database;

    /** Inserts a user with 10,000 tokens. */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            handle.execute(PreparedPlan.ID_FUNCTION);
            handle.createScript("""
                            INSERT INTO tenants
                            SELECT id(1, 1), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                                   1, false, false, '{}', '{}', 0, now(), now(), 1;
                            INSERT INTO users
                            SELECT id(1, 1), id(2, 1), 'ada@example.com', 'ada@example.com', 'Ada', 'MEMBER', 'ACTIVE',
                                   now(), now(), 1;
                            INSERT INTO tokens
                            SELECT id(1, 1), id(4, n), id(2, 1), false, 'token-' || n, 'NOT_REQUIRED', '', '{}',
                                   'sha256', '\\x00', 'jtn_…XXXX', NULL, NULL, now(), now(), 1
                            FROM generate_series(1, 10000) n
                            """).execute();
            handle.execute("VACUUM ANALYZE");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<String> statements() {
        return Stream.of(
                JdbiUsageLog.UPDATE_USES,
                JdbiUsageLog.INSERT_FIRST_USES,
                JdbiUsageLog.SKIPPED,
                JdbiStoredDigests.REPLACE,
                JdbiStoredDigests.SKIPPED);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void aStatementForThreeTokensReadsThreeTokens(String sql) {
        PreparedPlan plan = database.as(DatabaseRole.HOUSEKEEPING).inTransaction(handle -> {
            PreparedPlan explained = PreparedPlan.explain(handle, sql, LITERALS);
            handle.rollback();
            return explained;
        });

        assertThat(plan.mostRows()).as(plan.text()).isLessThanOrEqualTo(GIVEN);
    }
}
