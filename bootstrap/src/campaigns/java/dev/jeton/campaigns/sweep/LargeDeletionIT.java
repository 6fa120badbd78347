package dev.jeton.campaigns.sweep;

import static dev.jeton.bootstrap.support.Api.newToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DeleteWorkloadRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadRule;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deletes a user, a workload and a tenant with many tokens, a million in the long form. The call is quick, both servers refuse the tokens from
 * its reply on, and both are killed in the middle of the sweep. The next server finishes it: nothing is left, and each token has one event.
 */
@Tag("G18")
@Timeout(3600)
class LargeDeletionIT {
    private static final int TOKENS = Form.pick(3_000, 20_000, 1_000_000);
    private static final int SAMPLE = 50;

    /** More than the deletion removes itself. */
    private static final int MIN_SWEPT = 600;

    /** The smoke form runs beside other tests, which take what time they want. */
    private static final Duration CALL = Duration.ofSeconds(Form.pick(10, 2, 2));

    private static final TokenPolicy BOUND = TokenPolicy.newBuilder()
            .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(1))
            .build();

    @TempDir
    private Path directory;

    private final List<CreateTokenResponse> sample = new ArrayList<>();
    private Cluster cluster;
    private JetonProcess one;
    private JetonProcess other;
    private Api api;
    private Connection sql;
    private Tenant tenant;
    private User user;
    private Workload workload;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.start(directory);
        one = cluster.server("one");
        other = cluster.server("other");
        api = new Api(one.as(cluster.operatorToken()));
        sql = DriverManager.getConnection(
                cluster.login().url(), cluster.login().user(), cluster.login().password());
        tenant = api.tenant(BOUND);
        user = api.user(tenant.getId());
        workload = api.workload(tenant.getId());
        fill();
        warmUp();
    }

    @AfterEach
    void stop() throws Exception {
        sql.close();
        cluster.close();
    }

    @Test
    void aUser() throws Exception {
        DeleteUserRequest request =
                DeleteUserRequest.newBuilder().setUserId(user.getId()).build();

        Duration call = time(() -> api.users.deleteUser(request));

        assertRefused(Verdict.VERDICT_NOT_FOUND);
        Duration list = list();
        finish("DeleteUser", call, "tokens");
        assertThat(list).isLessThan(CALL);
    }

    @Test
    @EnabledIf("isLong")
    void aWorkload() throws Exception {
        DeleteWorkloadRequest request = DeleteWorkloadRequest.newBuilder()
                .setWorkloadId(workload.getId())
                .build();

        Duration call = time(() -> api.workloads.deleteWorkload(request));

        assertRefused(Verdict.VERDICT_WORKLOAD_NOT_FOUND);
        Duration list = list();
        finish("DeleteWorkload", call, "token_workloads");
        assertThat(list).isLessThan(CALL);
    }

    @Test
    @EnabledIf("isLong")
    void aTenant() throws Exception {
        DeleteTenantRequest request = DeleteTenantRequest.newBuilder()
                .setTenantId(tenant.getId())
                .setForce(true)
                .build();

        Duration call = time(() -> api.tenants.deleteTenant(request));

        assertRefused(Verdict.VERDICT_NOT_FOUND);
        finish("DeleteTenant", call, "tokens");
    }

    /** Deleting a workload or a tenant takes the same way; its rules are in SweepContract. */
    static boolean isLong() {
        return Form.current() == Form.LONG;
    }

    /** The first page of the tenant's tokens, behind all that are hidden. */
    private Duration list() {
        ListTokensRequest.Builder request = ListTokensRequest.newBuilder().setTenantId(tenant.getId());
        Duration list = time(() -> api.list(request));
        Results.add("G18", "ListTokens with %,d tokens to sweep".formatted(TOKENS), list.toMillis() + " ms");
        return list;
    }

    private void assertRefused(Verdict verdict) {
        for (JetonProcess server : List.of(one, other)) {
            Api asked = new Api(server.as(cluster.operatorToken()));
            assertThat(sample)
                    .allSatisfy(token -> assertThat(asked.verdict(use(token))).isEqualTo(verdict));
        }
    }

    /** Kills the servers in the middle of the sweep, and lets a new one finish it while another tenant's calls go on. */
    private void finish(String action, Duration call, String table) throws Exception {
        Results.add(
                "G18",
                action + " with %,d tokens".formatted(TOKENS),
                "the call took %,d ms".formatted(call.toMillis()));
        assertThat(call).isLessThan(CALL);
        await(() -> left(table) < TOKENS - MIN_SWEPT);
        one.kill9();
        other.kill9();
        long leftAtKill = left(table);
        assertThat(leftAtKill).isPositive();
        assertThat(count("SELECT count(*) FROM sweeps WHERE tenant_id = ?")).isEqualTo(1);
        long eventsAtKill = events(action);
        assertThat(eventsAtKill).isEqualTo(TOKENS - leftAtKill);

        JetonProcess next = cluster.server("next");
        long began = System.nanoTime();
        Bystander bystander = new Bystander(new Api(next.as(cluster.operatorToken())));
        await(() -> {
            bystander.call();
            return count("SELECT count(*) FROM sweeps WHERE tenant_id = ?") == 0;
        });
        Duration swept = Duration.ofNanos(System.nanoTime() - began);

        Results.add(
                "G18",
                action + " with %,d tokens".formatted(TOKENS),
                "killed with %,d left, which took %,d ms; others' calls meanwhile: %s"
                        .formatted(leftAtKill, swept.toMillis(), bystander));
        assertThat(left(table)).isZero();
        assertThat(events(action)).isEqualTo(TOKENS);
        assertThat(count("SELECT count(DISTINCT resource_id) FROM audit_events WHERE tenant_id = ? AND action = '"
                        + action + "' AND resource_type = 'TOKEN'"))
                .isEqualTo(TOKENS);
        assertThat(count("SELECT count(DISTINCT call_id) FROM audit_events WHERE tenant_id = ? AND action = '" + action
                        + "'"))
                .isEqualTo(1);
        assertThat(bystander.longest()).isLessThan(CALL);
    }

    /** Creates a few tokens whose secrets are known, and the rest with SQL; all belong to the user and the workload. */
    private void fill() throws SQLException {
        for (int i = 0; i < SAMPLE; i++) {
            sample.add(api.create(newToken(user, "sample").addWorkloadIds(workload.getId())));
        }
        execute("""
                INSERT INTO tokens
                SELECT u.tenant_id, ('01000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, u.user_id, false,
                       'token-' || n, 'NOT_REQUIRED', '', '{}', 'sha256', sha256(n::text::bytea), 'jtn_…XXXX', NULL, NULL,
                       now(), now(), 1
                FROM users u, generate_series(1, %d) n WHERE u.tenant_id = ?
                """.formatted(TOKENS - SAMPLE));
        execute("""
                INSERT INTO token_workloads
                SELECT w.tenant_id, t.token_id, w.workload_id
                FROM workloads w JOIN tokens t USING (tenant_id) WHERE w.tenant_id = ?
                ON CONFLICT DO NOTHING
                """);
        assertThat(left("tokens")).isEqualTo(TOKENS);
    }

    /** First calls load classes and plans. */
    private void warmUp() {
        Tenant small = api.tenant(BOUND);
        api.users.deleteUser(DeleteUserRequest.newBuilder()
                .setUserId(api.user(small.getId()).getId())
                .build());
        api.workloads.deleteWorkload(DeleteWorkloadRequest.newBuilder()
                .setWorkloadId(api.workload(small.getId()).getId())
                .build());
        api.tenants.deleteTenant(
                DeleteTenantRequest.newBuilder().setTenantId(small.getId()).build());
    }

    private VerifyTokenRequest.Builder use(CreateTokenResponse token) {
        return Api.useFor(token, workload);
    }

    private long left(String table) throws SQLException {
        return count("SELECT count(*) FROM " + table + " WHERE tenant_id = ?");
    }

    private long events(String action) throws SQLException {
        return count("SELECT count(*) FROM audit_events WHERE tenant_id = ? AND resource_type = 'TOKEN' AND action = '"
                + action + "'");
    }

    private long count(String query) throws SQLException {
        try (PreparedStatement statement = sql.prepareStatement(query)) {
            statement.setObject(1, UUID.fromString(tenant.getId()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void execute(String change) throws SQLException {
        try (PreparedStatement statement = sql.prepareStatement(change)) {
            statement.setObject(1, UUID.fromString(tenant.getId()));
            statement.execute();
        }
    }

    private static Duration time(Runnable call) {
        long began = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void await(Condition condition) throws SQLException {
        while (!condition.holds()) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    /** Creates, lists and verifies in another tenant, and takes the times. */
    private static final class Bystander {
        private final Api api;
        private final Tenant tenant;
        private final User user;
        private final List<Duration> times = new ArrayList<>();

        Bystander(Api api) {
            this.api = api;
            tenant = api.tenant(TokenPolicy.getDefaultInstance());
            user = api.user(tenant.getId());
        }

        void call() {
            times.add(time(() -> {
                CreateTokenResponse created = api.create(newToken(user, "created"));
                assertThat(api.verdict(Api.use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);
            }));
        }

        Duration longest() {
            return times.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        }

        @Override
        public String toString() {
            List<Duration> sorted = times.stream().sorted().toList();
            return "%d creates and verifications, median %d ms, longest %d ms"
                    .formatted(
                            times.size(),
                            sorted.get(sorted.size() / 2).toMillis(),
                            longest().toMillis());
        }
    }
}
