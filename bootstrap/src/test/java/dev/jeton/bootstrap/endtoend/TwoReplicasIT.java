package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.StringList;
import dev.jeton.v1.SuspendTenantRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.UpdateTokenRequest;
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
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers on one database: what is taken from a caller on one of them, the other knows at its next call; and somebody is always left to operate. */
class TwoReplicasIT {
    private static final int CONNECTIONS = 60;
    private static final int ACTORS = 4;
    private static final int ROUNDS = 4;

    @TempDir
    private static Path parent;

    private static EmbeddedDatabase database;
    private static JetonProcess one;
    private static JetonProcess other;
    private static Console operator;

    /** What takes a permission from a caller whose next call would need it. */
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

    /** A call that an actor made. */
    private record Act(long startNanos, Code code) {}

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedDatabase.start(PreparedData.in(parent.resolve("database")), CONNECTIONS);
        Login login = database.login();
        Path password = Files.writeString(parent.resolve("password"), login.password());
        String[] options = {"--db-url=" + login.url(), "--db-user=" + login.user(), "--db-password-file=" + password};
        one = JetonProcess.start(parent.resolve("one"), options);
        other = JetonProcess.start(parent.resolve("other"), options);
        operator = new Console(one.asOperator());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void noCallThatBeginsAfterTheLossPassesOnTheOtherReplica(Loss loss) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Tenant tenant = tenant();
            User admin = user(tenant.getId(), Role.ROLE_TENANT_ADMIN);
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

            inflict(loss, tenant, admin, issued.getToken());
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
    void theLastOperatorAndTheSystemTenantStay() throws Exception {
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

    /** Each removes the other, on another replica each, in each of the ways there are. */
    @Test
    void ofTwoOperatorsWhoRemoveEachOtherOneIsLeft() throws Exception {
        User first = operator.users
                .getProfile(GetProfileRequest.getDefaultInstance())
                .getUser();
        ExecutorService both = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 3 * ROUNDS; round++) {
            int way = round;
            User second = user(TenantId.SYSTEM.toString(), Role.ROLE_OPERATOR);
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
                operator = new Console(one.as(secret));
                first = second;
            }
            tenant();
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

    private static void inflict(Loss loss, Tenant tenant, User admin, Token token) {
        switch (loss) {
            case DEMOTED -> operator.users.updateUser(demotion(admin, Role.ROLE_MEMBER));
            case NARROWED ->
                operator.tokens.updateToken(UpdateTokenRequest.newBuilder()
                        .setTokenId(token.getId())
                        .setScopes(StringList.newBuilder().addValues("jeton:verify"))
                        .build());
            case CANCELLED -> operator.cancel(token.getId(), "");
            case DELETED ->
                operator.tokens.deleteToken(DeleteTokenRequest.newBuilder()
                        .setTokenId(token.getId())
                        .build());
            case DISABLED ->
                operator.users.disableUser(
                        DisableUserRequest.newBuilder().setUserId(admin.getId()).build());
            case REMOVED ->
                operator.users.deleteUser(
                        DeleteUserRequest.newBuilder().setUserId(admin.getId()).build());
            case SUSPENDED ->
                operator.tenants.suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .build());
        }
    }

    private static Code remove(Console by, String whom, int way, CyclicBarrier ready) throws Exception {
        ready.await();
        try {
            switch (way % 3) {
                case 0 ->
                    by.users.disableUser(
                            DisableUserRequest.newBuilder().setUserId(whom).build());
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

    private static Tenant tenant() {
        return operator.tenants
                .createTenant(
                        CreateTenantRequest.newBuilder().setDisplayName("Acme").build())
                .getTenant();
    }

    private static User user(String tenantId, Role role) {
        return operator.users
                .createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setEmail(UUID.randomUUID() + "@example.com")
                        .setRole(role)
                        .build())
                .getUser();
    }
}
