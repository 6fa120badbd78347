package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.CommandRun;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.SharedPostgres;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.SuspendTenantRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.UpdateUserRequest;
import dev.jeton.v1.User;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two servers on one external database. A permission revoked on one is gone at the caller's next call on the other, and the last operator
 * cannot be removed.
 */
@Tag("G10")
class TwoReplicasIT {
    private static final int ACTORS = 4;
    private static final int ROUNDS = 4;

    @TempDir
    private static Path parent;

    private static Login login;
    private static Path password;
    private static JetonProcess one;
    private static JetonProcess other;
    private static String operatorSecret;
    private static Console operator;

    /** A way to revoke the permission that the caller's next call needs. */
    enum Loss {
        DEMOTED(Code.PERMISSION_DENIED),
        NARROWED(Code.PERMISSION_DENIED),
        CANCELLED(Code.UNAUTHENTICATED),
        DELETED(Code.UNAUTHENTICATED),
        DISABLED(Code.UNAUTHENTICATED),
        REMOVED(Code.UNAUTHENTICATED),
        SUSPENDED(Code.UNAUTHENTICATED);

        final Code answer;

        Loss(Code answer) {
            this.answer = answer;
        }
    }

    /** A call by an actor. */
    private record Act(long startNanos, Code code) {}

    /** Starts both at once; one of them installs the operator. */
    @BeforeAll
    static void start() throws Exception {
        login = SharedPostgres.newDatabase();
        password = parent.resolve("password");
        OwnerOnly.write(password, login.password());
        CompletableFuture<JetonProcess> starting =
                CompletableFuture.supplyAsync(() -> JetonProcess.start(parent.resolve("other"), options()));
        one = JetonProcess.start(parent.resolve("one"), options());
        other = starting.join();
        use(installed("one") ? one.operatorToken() : other.operatorToken());
    }

    @AfterAll
    static void stop() {
        assertThat(one.terminate()).isZero();
        assertThat(other.terminate()).isZero();
        one.close();
        other.close();
    }

    @Test
    void bothServeAndOneInstalledTheOperator() {
        Tenant tenant = operator.tenant(TokenPolicy.getDefaultInstance());

        assertThat(stored(new Console(other.as(operatorSecret)), tenant)).isEqualTo(tenant);
        assertThat(installed("one")).isNotEqualTo(installed("other"));
        assertThat(parent.resolve("one/postgres")).doesNotExist();
        assertThat(parent.resolve("other/postgres")).doesNotExist();
    }

    @Test
    void operatorTokenCommandWorksOnTheSharedDatabase() {
        CommandRun command = CommandRun.of(
                Stream.concat(Stream.of("operator-token"), Stream.of(options())).toArray(String[]::new));

        assertThat(command.exitStatus()).as(command.log()).isZero();
        Tenant tenant = operator.tenant(TokenPolicy.getDefaultInstance());
        assertThat(stored(new Console(other.as(command.output())), tenant)).isEqualTo(tenant);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void noCallOnTheOtherReplicaSucceedsAfterTheLoss(Loss loss) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Tenant tenant = operator.tenant(TokenPolicy.getDefaultInstance());
            User admin = operator.user(tenant.getId(), Role.ROLE_TENANT_ADMIN);
            var issued = operator.create(newToken(admin, "console").addScopes("jeton:manage"));
            Console console = new Console(other.as(issued.getSecret()));
            AtomicBoolean over = new AtomicBoolean();
            CountDownLatch acting = new CountDownLatch(ACTORS);
            ExecutorService actors = Executors.newFixedThreadPool(ACTORS);
            List<Future<List<Act>>> histories = new ArrayList<>();
            for (int i = 0; i < ACTORS; i++) {
                histories.add(actors.submit(() -> history(console, acting, over)));
            }
            assertThat(acting.await(30, TimeUnit.SECONDS)).isTrue();

            apply(loss, tenant, admin, issued.getToken());
            long lost = System.nanoTime();
            assertThat(act(console).code()).isEqualTo(loss.answer);

            over.set(true);
            for (Future<List<Act>> history : histories) {
                assertThat(history.get())
                        .filteredOn(act -> act.startNanos() > lost)
                        .isNotEmpty()
                        .allMatch(act -> act.code() == loss.answer);
            }
            actors.shutdownNow();
        }
    }

    @Test
    void theLastOperatorAndTheSystemTenantAreProtected() throws Exception {
        User last = operator.users
                .getProfile(GetProfileRequest.getDefaultInstance())
                .getUser();
        Metadata acting = new Metadata();
        acting.put(Metadata.Key.of("jeton-acting-user", Metadata.ASCII_STRING_MARSHALLER), last.getId());
        for (var users : List.of(
                operator.users, operator.users.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(acting)))) {
            assertRefuses(
                    Code.FAILED_PRECONDITION,
                    "LAST_OPERATOR_PROTECTED",
                    () -> users.disableUser(DisableUserRequest.newBuilder()
                            .setUserId(last.getId())
                            .build()));
            assertRefuses(
                    Code.FAILED_PRECONDITION,
                    "LAST_OPERATOR_PROTECTED",
                    () -> users.deleteUser(DeleteUserRequest.newBuilder()
                            .setUserId(last.getId())
                            .build()));
            for (Role role : List.of(Role.ROLE_MEMBER, Role.ROLE_TENANT_ADMIN)) {
                assertRefuses(
                        Code.FAILED_PRECONDITION,
                        "LAST_OPERATOR_PROTECTED",
                        () -> users.updateUser(demotion(last, role)));
            }
        }
        assertRefuses(
                Code.FAILED_PRECONDITION,
                "SYSTEM_TENANT_PROTECTED",
                () -> operator.tenants.suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(TenantId.SYSTEM.toString())
                        .build()));
        for (boolean force : new boolean[] {false, true}) {
            assertRefuses(
                    Code.FAILED_PRECONDITION,
                    "SYSTEM_TENANT_PROTECTED",
                    () -> operator.tenants.deleteTenant(DeleteTenantRequest.newBuilder()
                            .setTenantId(TenantId.SYSTEM.toString())
                            .setForce(force)
                            .build()));
        }
    }

    /** Concurrently on different replicas, by disabling, demotion or deletion. */
    @Test
    void oneOperatorRemainsWhenTwoRemoveEachOther() throws Exception {
        User first = operator.users
                .getProfile(GetProfileRequest.getDefaultInstance())
                .getUser();
        ExecutorService both = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 3 * ROUNDS; round++) {
            int way = round;
            User second = operator.user(TenantId.SYSTEM.toString(), Role.ROLE_OPERATOR);
            String secret = operator.create(
                            newToken(second, "second").addScopes("jeton:manage").addScopes("jeton:act-as"))
                    .getSecret();
            Console seconds = new Console(other.as(secret));
            CyclicBarrier ready = new CyclicBarrier(2);
            Console firsts = operator;
            String firstId = first.getId();
            Future<Code> removesSecond = both.submit(() -> remove(firsts, second.getId(), way, ready));
            Future<Code> removesFirst = both.submit(() -> remove(seconds, firstId, way, ready));

            List<Code> outcomes = List.of(removesSecond.get(), removesFirst.get());

            assertThat(outcomes).as("round %d", round).containsOnlyOnce(Code.OK);
            if (outcomes.get(1) == Code.OK) {
                use(secret);
                first = second;
            }
            operator.tenant(TokenPolicy.getDefaultInstance());
        }
        both.shutdownNow();
    }

    private static List<Act> history(Console console, CountDownLatch acting, AtomicBoolean over) {
        List<Act> history = new ArrayList<>();
        history.add(act(console));
        acting.countDown();
        while (!over.get()) {
            history.add(act(console));
        }
        history.add(act(console));
        return history;
    }

    private static Act act(Console console) {
        long start = System.nanoTime();
        try {
            console.users.listUsers(ListUsersRequest.getDefaultInstance());
            return new Act(start, Code.OK);
        } catch (StatusRuntimeException refused) {
            return new Act(start, refused.getStatus().getCode());
        }
    }

    private static void apply(Loss loss, Tenant tenant, User admin, Token token) {
        switch (loss) {
            case DEMOTED -> operator.users.updateUser(demotion(admin, Role.ROLE_MEMBER));
            case NARROWED -> operator.setScopes(token.getId(), List.of("jeton:verify"));
            case CANCELLED -> operator.cancel(token.getId());
            case DELETED -> operator.delete(token.getId());
            case DISABLED -> operator.disableUser(admin.getId());
            case REMOVED ->
                operator.users.deleteUser(
                        DeleteUserRequest.newBuilder().setUserId(admin.getId()).build());
            case SUSPENDED -> operator.suspend(tenant.getId());
        }
    }

    private static Code remove(Console by, String whom, int way, CyclicBarrier ready) throws Exception {
        ready.await();
        try {
            switch (way % 3) {
                case 0 -> by.disableUser(whom);
                case 1 ->
                    by.users.updateUser(UpdateUserRequest.newBuilder()
                            .setUserId(whom)
                            .setRole(Role.ROLE_MEMBER)
                            .build());
                default ->
                    by.users.deleteUser(
                            DeleteUserRequest.newBuilder().setUserId(whom).build());
            }
            return Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }

    private static UpdateUserRequest demotion(User user, Role role) {
        return UpdateUserRequest.newBuilder()
                .setUserId(user.getId())
                .setRole(role)
                .build();
    }

    private static void use(String secret) {
        operatorSecret = secret;
        operator = new Console(one.as(secret));
    }

    private static String[] options() {
        return new String[] {"--db-url=" + login.url(), "--db-user=" + login.user(), "--db-password-file=" + password};
    }

    private static boolean installed(String replica) {
        return Files.exists(parent.resolve(replica).resolve("operator-token"));
    }

    private static Tenant stored(Console console, Tenant tenant) {
        return console.tenants
                .getTenant(GetTenantRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .build())
                .getTenant();
    }
}
