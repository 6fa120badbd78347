package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadServiceGrpc;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recognizes a repeated create and marks its answer as replayed. */
class SafeRetryTest {
    private static final String ID = UUID.randomUUID().toString();

    private final ApiUnderTest api = new ApiUnderTest();
    private final TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(api.asCaller());
    private final CreateTokenRequest request = CreateTokenRequest.newBuilder()
            .setName("prod")
            .addScopes("inference")
            .setRequestId(ID)
            .build();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theSameRequestHasTheSameKey() {
        RequestKey first = keyOf(request);

        assertThat(first.requestId()).hasToString(ID);
        assertThat(keyOf(request)).isEqualTo(first);
        assertThat(keyOf(request.toBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .build())
                        .bodyDigest())
                .isEqualTo(first.bodyDigest());
    }

    @Test
    void anotherRequestHasAnotherDigest() {
        List<CreateTokenRequest> others = List.of(
                request.toBuilder().setName("prod2").build(),
                request.toBuilder().setDescription("x").build(),
                request.toBuilder().addScopes("training").build(),
                request.toBuilder().clearScopes().build(),
                request.toBuilder().setNeverExpires(true).build(),
                request.toBuilder().setUserId(UUID.randomUUID().toString()).build());

        assertThat(others).extracting(other -> keyOf(other).bodyDigest()).doesNotHaveDuplicates();
        assertThat(others)
                .extracting(other -> keyOf(other).bodyDigest())
                .doesNotContain(keyOf(request).bodyDigest());
    }

    @Test
    void noKeyWithoutRequestId() {
        tokens.createToken(request.toBuilder().clearRequestId().build());

        assertThat(((CreateToken) api.tokens.asked().get(2)).requestKey()).isNull();
    }

    @Test
    void everyCreateRefusesMalformedRequestIds() {
        var channel = api.asCaller();
        for (String id : List.of("..", " " + ID, ID + "0")) {
            assertThat(List.of(
                            Refusal.of(() -> tokens.createToken(
                                    request.toBuilder().setRequestId(id).build())),
                            Refusal.of(() -> TenantServiceGrpc.newBlockingStub(channel)
                                    .createTenant(CreateTenantRequest.newBuilder()
                                            .setDisplayName("Acme")
                                            .setRequestId(id)
                                            .build())),
                            Refusal.of(() -> UserServiceGrpc.newBlockingStub(channel)
                                    .createUser(CreateUserRequest.newBuilder()
                                            .setEmail("ada@example.com")
                                            .setRequestId(id)
                                            .build())),
                            Refusal.of(() -> WorkloadServiceGrpc.newBlockingStub(channel)
                                    .createWorkload(CreateWorkloadRequest.newBuilder()
                                            .setName("llama")
                                            .setKind(WorkloadKind.WORKLOAD_KIND_MODEL)
                                            .setRequestId(id)
                                            .build()))))
                    .allSatisfy(refusal -> assertThat(refusal.fields()).containsExactlyInAnyOrder("request_id"));
        }
    }

    @Test
    void reportsInvalidRequestIdWithAllOtherViolations() {
        Refusal refusal = Refusal.of(() -> tokens.createToken(request.toBuilder()
                .clearName()
                .setUserId("..")
                .setRequestId("..")
                .build()));

        assertThat(refusal.violations())
                .containsExactly("user_id INVALID_ID", "name REQUIRED", "request_id INVALID_ID");
    }

    @Test
    void replayedTokenHasNoSecret() {
        assertThat(tokens.createToken(request).getReplayed()).isFalse();
        api.tokens.replay();

        CreateTokenResponse replayed = tokens.createToken(request);

        assertThat(replayed.getReplayed()).isTrue();
        assertThat(replayed.getSecret()).isEmpty();
        assertThat(replayed.hasToken()).isTrue();
    }

    @Test
    void everyCreateReportsReplays() {
        api.tenants.replay();
        api.users.replay();
        api.workloads.replay();
        var channel = api.asCaller();

        assertThat(TenantServiceGrpc.newBlockingStub(channel)
                        .createTenant(CreateTenantRequest.newBuilder()
                                .setDisplayName("Acme")
                                .build())
                        .getReplayed())
                .isTrue();
        assertThat(UserServiceGrpc.newBlockingStub(channel)
                        .createUser(CreateUserRequest.newBuilder()
                                .setEmail("ada@example.com")
                                .build())
                        .getReplayed())
                .isTrue();
        assertThat(WorkloadServiceGrpc.newBlockingStub(channel)
                        .createWorkload(CreateWorkloadRequest.newBuilder()
                                .setName("llama")
                                .setKind(WorkloadKind.WORKLOAD_KIND_MODEL)
                                .build())
                        .getReplayed())
                .isTrue();
    }

    private RequestKey keyOf(CreateTokenRequest of) {
        api.tokens.forget();
        tokens.createToken(of);
        return ((CreateToken) api.tokens.asked().get(2)).requestKey();
    }
}
