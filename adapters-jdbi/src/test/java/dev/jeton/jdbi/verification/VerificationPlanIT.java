package dev.jeton.jdbi.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Verification's statements read by key, whatever the statistics say. The tables are large enough that a plan which scans one, or reads all
 * tokens of a tenant, touches far more pages than allowed.
 */
class VerificationPlanIT {
    /** Of 8 kB. A scan of all tokens, or of one tenant's tokens, touches about 900. */
    private static final int MAX_PAGES = 150;

    private static final SnapshotQuery ONE = new SnapshotQuery(Set.of(key(7)), Set.of());
    private static final SnapshotQuery MANY = new SnapshotQuery(Set.of(key(7), key(8)), Set.of());

    /** Values by parameter. */
    private static final Map<String, String> LITERALS = Map.ofEntries(
            Map.entry("tenantId", "id(1, 7)"),
            Map.entry("tokenId", "id(4, 7)"),
            Map.entry("workloadTenantId", "id(1, 7)"),
            Map.entry("workloadId", "id(3, 7)"),
            Map.entry("tenantIds", "ARRAY[id(1, 7), id(1, 8), id(1, 9)]"),
            Map.entry("tokenTenantIds", "ARRAY[id(1, 7), id(1, 8), id(1, 9)]"),
            Map.entry("tokenIds", "ARRAY[id(4, 7), id(4, 8), id(4, 39009)]"),
            Map.entry("workloadTenantIds", "ARRAY[id(1, 7)]"),
            Map.entry("workloadIds", "ARRAY[id(3, 7)]"),
            Map.entry("after", "ARRAY[47::bigint, 48, 49]"),
            Map.entry("upTo", "ARRAY[50::bigint, 50, 50]"),
            Map.entry("maxIds", "20000"));

    private static TestDatabase database;

    /** The statistics describe empty tables until a test updates them. */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            for (String table : List.of(
                    "tenants",
                    "users",
                    "workloads",
                    "tokens",
                    "token_workloads",
                    "tenant_positions",
                    "tenant_changes")) {
                handle.execute("ALTER TABLE " + table + " SET (autovacuum_enabled = false)");
            }
            handle.execute("ANALYZE");
            handle.execute("SET session_replication_role = replica");
            handle.execute(PreparedPlan.ID_FUNCTION);
            handle.createScript("""
                            INSERT INTO tenants
                            SELECT id(1, n), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                                   1, false, false, '{}', '{}', 0, now(), now(), 1
                            FROM generate_series(0, 999) n;
                            INSERT INTO tenant_positions SELECT tenant_id, 50, id(5, 50), id(5, 49) FROM tenants;
                            INSERT INTO tenant_changes
                            SELECT tenant_id, n, id(5, n), id(5, n - 1), false, '{}', '{}', '{}', now()
                            FROM tenants, generate_series(1, 50) n;
                            INSERT INTO users
                            SELECT id(1, n), id(2, n), n || '@example.com', n || '@example.com', 'Ada', 'MEMBER', 'ACTIVE',
                                   now(), now(), 1
                            FROM generate_series(0, 999) n;
                            INSERT INTO workloads
                            SELECT id(1, n), id(3, n), 'model', 'MODEL', 'ACTIVE', now(), now(), 1
                            FROM generate_series(0, 999) n;
                            """).execute();
            handle.execute("""
                    INSERT INTO tokens
                    SELECT id(1, n % 40), id(4, n), id(2, n % 40), false, 'token', 'NOT_REQUIRED', '', '{}', 'sha256',
                           '\\x00', 'jtn_…XXXX', NULL, NULL, now(), now(), 1
                    FROM generate_series(0, 39999) n
                    """);
            handle.execute("""
                    INSERT INTO token_workloads
                    SELECT id(1, n % 40), id(4, n), id(3, n % 40) FROM generate_series(0, 39999) n
                    """);
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void everyStatementReadsByKeyWithStaleAndWithFreshStatistics() {
        assertByKeys();

        database.backdoor().useHandle(handle -> handle.execute("ANALYZE"));

        assertByKeys();
    }

    @Test
    void detectsAScan() {
        PreparedPlan plan = database.as(DatabaseRole.VERIFICATION).inTransaction(handle -> {
            handle.execute("SET LOCAL enable_indexscan = off");
            handle.execute("SET LOCAL enable_indexonlyscan = off");
            handle.execute("SET LOCAL enable_seqscan = on");
            return PreparedPlan.explain(handle, ONE.sql(), LITERALS);
        });

        assertThat(plan.text()).contains("Seq Scan");
        assertThat(plan.pagesTouched()).isGreaterThan(MAX_PAGES);
    }

    @ParameterizedTest
    @CsvSource({
        "tokens, tokens_pk tokens_by_id_alone",
        "tenant_positions, tenant_positions_pk",
        "tenant_changes, tenant_changes_pk"
    })
    void detectsAMissingIndex(String table, String indexes) {
        database.as(DatabaseRole.VERIFICATION).useTransaction(handle -> {
            handle.execute("SET LOCAL ROLE NONE");
            for (String index : indexes.split(" ")) {
                handle.execute("ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + index + " CASCADE");
                handle.execute("DROP INDEX IF EXISTS " + index);
            }
            handle.execute("SET LOCAL ROLE " + DatabaseRole.VERIFICATION.roleName());

            assertThatThrownBy(() -> assertByKeys(handle)).isInstanceOf(AssertionError.class);
            handle.rollback();
        });
    }

    private static void assertByKeys() {
        database.as(DatabaseRole.VERIFICATION).useHandle(VerificationPlanIT::assertByKeys);
    }

    private static void assertByKeys(Handle handle) {
        String loadKeys = "tokens_pk users_pk tenants_pk workloads_pk token_workloads_pk tenant_positions_pk";
        assertByKeys(handle, ONE.sql(), loadKeys);
        assertByKeys(handle, MANY.sql(), loadKeys);
        assertByKeys(handle, FreshnessQuery.SQL.replace("?", ":tenantIds"), "tenant_positions_pk");
        assertByKeys(handle, ChangesQuery.SQL, "tenant_changes_pk");
    }

    /** An index on ids alone is as selective as the primary key, since ids are unique across tenants. */
    private static void assertByKeys(Handle handle, String sql, String keys) {
        PreparedPlan plan = PreparedPlan.explain(handle, sql, LITERALS);

        assertThat(plan.text()).doesNotContain("Seq Scan", "Hash", "Merge", "Bitmap");
        Set<String> used = Pattern.compile(" using (\\w+)")
                .matcher(plan.text())
                .results()
                .map(result -> result.group(1).replace("_by_id_alone", "_pk"))
                .collect(Collectors.toSet());
        assertThat(used).containsExactlyInAnyOrder(keys.split(" "));
        assertThat(plan.pagesTouched()).as(plan.text()).isLessThan(MAX_PAGES);
    }

    private static TokenKey key(int n) {
        return new TokenKey(
                new TenantId(UUID.fromString("00000001-0000-7000-8000-%012x".formatted(n))),
                new TokenId(UUID.fromString("00000004-0000-7000-8000-%012x".formatted(n))));
    }
}
