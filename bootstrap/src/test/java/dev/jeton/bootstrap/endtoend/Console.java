package dev.jeton.bootstrap.endtoend;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.type.Date;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.User;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a product's console and gateway do with Jeton's API, in their words. */
final class Console {
    private static final Path POLICIES = Path.of("..", "docs", "policies");
    private static final long DEADLINE_SECONDS = 10;

    final TenantServiceGrpc.TenantServiceBlockingStub tenants;
    final UserServiceGrpc.UserServiceBlockingStub users;
    final WorkloadServiceGrpc.WorkloadServiceBlockingStub workloads;
    final TokenServiceGrpc.TokenServiceBlockingStub tokens;
    final VerificationServiceGrpc.VerificationServiceBlockingStub verification;

    Console(Channel channel) {
        tenants = TenantServiceGrpc.newBlockingStub(channel);
        users = UserServiceGrpc.newBlockingStub(channel);
        workloads = WorkloadServiceGrpc.newBlockingStub(channel);
        tokens = TokenServiceGrpc.newBlockingStub(channel);
        verification = VerificationServiceGrpc.newBlockingStub(channel);
    }

    /** A tenant with a policy that ships in docs/policies, used as the file has it. */
    Tenant tenant(String policyFile) throws IOException {
        String request = "{\"display_name\": \"Acme\", \"token_policy\": %s}"
                .formatted(Files.readString(POLICIES.resolve(policyFile)));
        CreateTenantRequest.Builder parsed = CreateTenantRequest.newBuilder();
        JsonFormat.parser().merge(request, parsed);
        return tenants.createTenant(parsed.build()).getTenant();
    }

    User user(Tenant tenant) {
        return users.createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setEmail(UUID.randomUUID() + "@example.com")
                        .setDisplayName("Ada Lovelace")
                        .build())
                .getUser();
    }

    Workload workload(Tenant tenant, WorkloadKind kind, String name) {
        return workloads
                .createWorkload(CreateWorkloadRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setName(name)
                        .setKind(kind)
                        .build())
                .getWorkload();
    }

    static CreateTokenRequest.Builder newToken(User owner, String name) {
        return CreateTokenRequest.newBuilder().setUserId(owner.getId()).setName(name);
    }

    CreateTokenResponse create(CreateTokenRequest.Builder request) {
        return tokens.createToken(request.build());
    }

    Token get(Token token) {
        return tokens.getToken(
                        GetTokenRequest.newBuilder().setTokenId(token.getId()).build())
                .getToken();
    }

    List<Token> list(ListTokensRequest.Builder request) {
        return tokens.listTokens(request.build()).getTokensList();
    }

    void cancel(Token token, String reason) {
        tokens.cancelToken(CancelTokenRequest.newBuilder()
                .setTokenId(token.getId())
                .setReason(reason)
                .build());
    }

    void delete(Token token) {
        tokens.deleteToken(
                DeleteTokenRequest.newBuilder().setTokenId(token.getId()).build());
    }

    static VerifyTokenRequest.Builder use(CreateTokenResponse created) {
        return VerifyTokenRequest.newBuilder().setSecret(created.getSecret());
    }

    static VerifyTokenRequest.Builder useFor(CreateTokenResponse created, Workload workload) {
        return use(created).setWorkloadId(workload.getId());
    }

    Verdict verdict(VerifyTokenRequest.Builder request) {
        return verify(request).getVerdict();
    }

    VerifyTokenResponse verify(VerifyTokenRequest.Builder request) {
        return verification
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .verifyToken(request.build());
    }

    static Duration days(long days) {
        return Duration.newBuilder().setSeconds(TimeUnit.DAYS.toSeconds(days)).build();
    }

    static Date date(LocalDate day) {
        return Date.newBuilder()
                .setYear(day.getYear())
                .setMonth(day.getMonthValue())
                .setDay(day.getDayOfMonth())
                .build();
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static @Nullable Instant instant(Timestamp timestamp) {
        return timestamp.equals(Timestamp.getDefaultInstance())
                ? null
                : Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
