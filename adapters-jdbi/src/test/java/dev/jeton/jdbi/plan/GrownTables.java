package dev.jeton.jdbi.plan;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.plan.EveryPort.World;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of twenty tenants, of which the first has nine tenths of them all, and what is left of a deleted one. */
final class GrownTables {
    private GrownTables() {}

    static void fill(Handle handle) {
        handle.execute("SET auto_explain.log_min_duration = -1");
        handle.execute("SET session_replication_role = replica");
        handle.execute(PreparedPlan.ID_FUNCTION);
        handle.createScript("""
                        CREATE FUNCTION tenant_of(n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                            $$ SELECT id(1, greatest(1, n % 200 - 180)) $$;
                        CREATE FUNCTION large_one(kind integer, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                            $$ SELECT id(kind, CASE WHEN n % 200 BETWEEN 1 AND 100 THEN 8001 ELSE n % 2000 END) $$;
                        CREATE FUNCTION hour(n integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
                            $$ SELECT TIMESTAMPTZ '2020-01-01 00:00Z' + n * INTERVAL '1 hour' $$;
                        INSERT INTO tenants
                        SELECT id(1, n), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                               1, false, false, '{}', '{}', 0, now(), now(), 1
                        FROM generate_series(1, 20) n;
                        INSERT INTO tenant_positions SELECT id(1, n), 1000, id(7, 1000), id(7, 999) FROM generate_series(1, 20) n;
                        INSERT INTO tenant_changes
                        SELECT id(1, t), n, id(7, n), id(7, n - 1), false, ARRAY[id(4, n)], '{}', '{}', hour(n)
                        FROM generate_series(1, 20) t, generate_series(1, 1000) n;
                        INSERT INTO users (
                            tenant_id, user_id, email, email_key, display_name, role, state, create_time, update_time, version)
                        SELECT CASE WHEN n < 10000 THEN tenant_of(n) ELSE id(1, 21) END, id(2, n), n || '@example.com',
                               n || '@example.com', 'Ada', 'MEMBER', 'ACTIVE', now(), now(), 1
                        FROM generate_series(0, 11000) n;
                        INSERT INTO workloads (tenant_id, workload_id, name, kind, state, create_time, update_time, version)
                        SELECT CASE WHEN n < 10000 THEN tenant_of(n) ELSE id(1, 21) END, id(3, n), 'model-' || n,
                               CASE n % 2 WHEN 1 THEN 'MODEL' ELSE 'ENDPOINT' END, 'ACTIVE', now(), now(), 1
                        FROM generate_series(0, 11000) n;
                        INSERT INTO tokens (
                            tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes, secret_scheme,
                            secret_digest, secret_hint, expire_time, cancel_reason, create_time, update_time, version)
                        SELECT CASE WHEN n < 42000 THEN tenant_of(n) ELSE id(1, 21) END, id(4, n),
                               CASE WHEN n BETWEEN 40000 AND 42000 THEN id(2, 30000) ELSE large_one(2, n) END, n % 4 = 0, 'token-' || n,
                               CASE n % 3 WHEN 0 THEN 'NOT_REQUIRED' WHEN 1 THEN 'PER_USER' ELSE 'PER_TENANT' END, '', '{}',
                               CASE n % 500 WHEN 0 THEN 'hmac-1' ELSE 'sha256' END, decode(repeat('00', 32), 'hex'), 'jtn_…XXXX',
                               CASE n % 7 WHEN 1 THEN TIMESTAMPTZ '2026-01-01 00:00Z' WHEN 2 THEN TIMESTAMPTZ '2027-01-01 00:00Z' END,
                               CASE n % 5 WHEN 0 THEN 'lost' END, now(), now(), 1
                        FROM generate_series(0, 43000) n;
                        INSERT INTO token_workloads
                        SELECT tenant_of(n), id(4, n), large_one(3, n) FROM generate_series(0, 39999) n WHERE n % 4 IN (1, 2);
                        INSERT INTO token_workloads
                        SELECT id(1, 1), id(4, n * 40 + 5), id(3, 30000) FROM generate_series(1, 900) n;
                        INSERT INTO token_usage
                        SELECT tenant_of(n), id(4, n), hour(n) FROM generate_series(0, 39999) n WHERE n % 3 > 0;
                        INSERT INTO deleted_tokens
                        SELECT CASE WHEN n < 10000 THEN tenant_of(n) ELSE id(1, 21) END, id(6, n), large_one(2, n), hour(n)
                        FROM generate_series(0, 11000) n;
                        INSERT INTO request_ids
                        SELECT tenant_of(n), large_one(2, n), 'CreateToken', id(6, n), '', id(4, n), hour(n)
                        FROM generate_series(0, 10000) n;
                        INSERT INTO audit_events
                        SELECT tenant_of(n), id(5, n), TIMESTAMPTZ '2020-01-01 00:00Z' + n * INTERVAL '1 second',
                               large_one(2, n), NULL, CASE n % 2 WHEN 0 THEN large_one(2, n + 1) END,
                               CASE n / 200 % 2 WHEN 0 THEN 'CancelToken' ELSE 'CreateToken' END, 'TOKEN', large_one(4, n),
                               '{}', '{}', '{}', id(6, n)
                        FROM generate_series(0, 40000) n;
                        INSERT INTO audit_chain
                        SELECT tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY event_id), event_id, sha256('')
                        FROM audit_events WHERE event_id BETWEEN id(5, 0) AND id(5, 39599);
                        INSERT INTO audit_pending
                        SELECT tenant_id, event_id FROM audit_events WHERE event_id BETWEEN id(5, 39600) AND id(5, 40000);
                        INSERT INTO sweeps (tenant_id, resource_id, kind, action, call_id, create_time)
                        VALUES (id(1, 1), id(3, 30000), 'WORKLOAD', 'DeleteWorkload', id(6, 1), now()),
                               (id(1, 1), id(2, 30000), 'USER', 'DeleteUser', id(6, 1), now()),
                               (id(1, 21), id(1, 21), 'TENANT', 'DeleteTenant', id(6, 1), now())
                        """).execute();
    }

    /** Returns rows of the first tenant, without those that a call with another number has deleted. */
    static World world(int call) {
        int row = 2_000 + 200 * call;
        return new World(
                new TenantId(id(1, 1)),
                new UserId(id(2, 8_001)),
                new WorkloadId(id(3, 8_001)),
                new TokenId(id(4, row + 1)),
                new SecretDigest("sha256", new byte[32]),
                new TokenId(id(4, row + 2)),
                new UserId(id(2, row + 3)),
                new WorkloadId(id(3, row + 3)),
                new UserId(id(2, 30_000)),
                new WorkloadId(id(3, 30_000)),
                new TenantId(id(1, 21)),
                id(4, 8_001),
                id(5, 20_001),
                id(4, 20_001),
                Instant.parse("2020-01-01T00:00:00Z").plus(Duration.ofHours(100L * call)));
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
