package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.UpdateUserRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.WorkloadKind;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Creates with the same request id have one effect, in sequence or concurrently. */
@Tag("G6")
class SafeRetryIT {
    private static final int AT_ONCE = 20;

    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console operator = JETON.console();
    private final String requestId = UUID.randomUUID().toString();
    private Tenant tenant;
    private User user;

    /** The outcome of a call: the created resource, or the code of the refusal. */
    private record Answer(Code code, String id, boolean replayed, boolean secret) {}

    @BeforeEach
    void makeTenant() throws Exception {
        tenant = operator.tenant("cloudeka.json");
        user = operator.user(tenant.getId());
    }

    static Stream<String> creates() {
        return ApiFields.rpcs().keySet().stream().filter(rpc -> rpc.startsWith("Create"));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void concurrentCreatesHaveOneEffectAndOneAnswer(String rpc) throws Exception {
        List<Answer> answers = atOnce(rpc, List.of(request(rpc, "one")));

        assertThat(answers).extracting(Answer::code).containsOnly(Code.OK);
        assertThat(answers).extracting(Answer::id).containsOnly(answers.get(0).id());
        assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
        assertThat(answers)
                .filteredOn(Answer::secret)
                .as("only the first answer shows the secret")
                .hasSize(rpc.equals("CreateToken") ? 1 : 0)
                .noneMatch(Answer::replayed);
    }

    @ParameterizedTest
    @MethodSource("creates")
    void refusesTheSecondOfTwoDifferentRequests(String rpc) throws Exception {
        List<Answer> answers = atOnce(rpc, List.of(request(rpc, "one"), request(rpc, "two")));

        assertThat(answers).extracting(Answer::code).containsOnly(Code.OK, Code.ALREADY_EXISTS);
        Set<String> made = answers.stream()
                .filter(answer -> answer.code() == Code.OK)
                .map(Answer::id)
                .collect(Collectors.toSet());
        assertThat(made).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.code() == Code.OK)
                .hasSize(AT_ONCE / 2)
                .filteredOn(answer -> !answer.replayed())
                .hasSize(1);
    }

    @Test
    void doesNotRecreateADeletedResource() throws Exception {
        CreateTokenRequest request = token().build();
        operator.delete(operator.tokens.createToken(request).getToken().getId());

        assertRefuses(Code.NOT_FOUND, "TOKEN_NOT_FOUND", () -> operator.tokens.createToken(request));

        assertThat(operator.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId())))
                .isEmpty();
    }

    @Test
    void replaysTheCurrentToken() {
        CreateTokenRequest request = token().build();
        CreateTokenResponse first = operator.tokens.createToken(request);
        operator.cancel(first.getToken().getId(), "lost");

        CreateTokenResponse again = operator.tokens.createToken(request);

        assertThat(again.getToken()).isEqualTo(operator.get(first.getToken().getId()));
        assertThat(again.getToken().getEtag()).isNotEqualTo(first.getToken().getEtag());
    }

    @Test
    void forgetsFailures() throws Exception {
        CreateUserRequest taken = CreateUserRequest.newBuilder()
                .setTenantId(tenant.getId())
                .setEmail(user.getEmail())
                .setRequestId(requestId)
                .build();
        assertRefuses(Code.ALREADY_EXISTS, "EMAIL_TAKEN", () -> operator.users.createUser(taken));

        assertThat(operator.users
                        .createUser(
                                taken.toBuilder().setEmail("grace@example.com").build())
                        .getReplayed())
                .isFalse();
    }

    /** The caller is demoted to member between the calls. */
    @Test
    void checksThePermissionAgain() throws Exception {
        User admin = operator.users
                .createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setEmail("admin@example.com")
                        .setRole(Role.ROLE_TENANT_ADMIN)
                        .build())
                .getUser();
        Console console =
                new Console(JETON.as(operator.create(newToken(admin, "console").addScopes("jeton:manage"))
                        .getSecret()));
        CreateWorkloadRequest workload = CreateWorkloadRequest.newBuilder()
                .setName("llama")
                .setKind(WorkloadKind.WORKLOAD_KIND_MODEL)
                .setRequestId(requestId)
                .build();
        CreateTokenRequest verifier =
                token().setUserId(admin.getId()).addScopes("jeton:verify").build();
        console.workloads.createWorkload(workload);
        console.tokens.createToken(verifier);
        assertThat(console.workloads.createWorkload(workload).getReplayed()).isTrue();

        operator.users.updateUser(UpdateUserRequest.newBuilder()
                .setUserId(admin.getId())
                .setRole(Role.ROLE_MEMBER)
                .build());

        assertRefuses(Code.PERMISSION_DENIED, "PERMISSION_DENIED", () -> console.workloads.createWorkload(workload));
        assertRefuses(Code.PERMISSION_DENIED, "PERMISSION_DENIED", () -> console.tokens.createToken(verifier));
    }

    private CreateTokenRequest.Builder token() {
        return newToken(user, "QA-Test-Token").setRequestId(requestId);
    }

    private Message request(String rpc, String name) throws InvalidProtocolBufferException {
        String json =
                switch (rpc) {
                    case "CreateTenant" -> "{\"displayName\": \"%2$s\"";
                    case "CreateUser" -> "{\"tenantId\": \"%1$s\", \"email\": \"%2$s@example.com\"";
                    case "CreateWorkload" ->
                        "{\"tenantId\": \"%1$s\", \"name\": \"%2$s\", \"kind\": \"WORKLOAD_KIND_SERVICE\"";
                    case "CreateToken" -> "{\"userId\": \"%3$s\", \"name\": \"%2$s\"";
                    default -> throw new AssertionError("Add the request of " + rpc + " here");
                };
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(rpc)).toBuilder();
        JsonFormat.parser()
                .merge(
                        (json + ", \"requestId\": \"%4$s\"}").formatted(tenant.getId(), name, user.getId(), requestId),
                        request);
        return request.build();
    }

    /** Makes {@value #AT_ONCE} concurrent calls with these requests in turn. */
    private static List<Answer> atOnce(String rpc, List<Message> requests) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Message request = requests.get(i % requests.size());
                calls.add(() -> answer(rpc, request));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }

    private static Answer answer(String rpc, Message request) {
        try {
            Message reply = ApiFields.call(JETON.asOperator(), rpc, request);
            Message resource =
                    (Message) reply.getAllFields().values().iterator().next();
            Object replayed = reply.getField(reply.getDescriptorForType().findFieldByName("replayed"));
            return new Answer(
                    Code.OK,
                    (String) resource.getField(resource.getDescriptorForType().findFieldByName("id")),
                    (Boolean) replayed,
                    reply instanceof CreateTokenResponse token
                            && !token.getSecret().isEmpty());
        } catch (StatusRuntimeException refused) {
            return new Answer(refused.getStatus().getCode(), "", false, false);
        }
    }
}
