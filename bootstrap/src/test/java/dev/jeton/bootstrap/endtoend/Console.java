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
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UpdateTenantRequest;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a product's console and gateway do with Jeton's API, in their words. */
final class Console {
    private static final Path POLICIES = Path.of("..", "docs", "policies");
    private static final long DEADLINE_SECONDS = 10;
    private static final List<String> MANAGE_AND_VERIFY = List.of("jeton:manage", "jeton:verify");

    final TenantServiceGrpc.TenantServiceBlockingStub tenants;
    final UserServiceGrpc.UserServiceBlockingStub users;
    final WorkloadServiceGrpc.WorkloadServiceBlockingStub workloads;
    final TokenServiceGrpc.TokenServiceBlockingStub tokens;
    final VerificationServiceGrpc.VerificationServiceBlockingStub verification;

    /** What the console itself calls with, which its lists leave out. */
    private final Set<String> credentials;

    Console(Channel channel) {
        this(channel, channel, Set.of());
    }

    private Console(Channel administration, Channel tokensAndVerification, Set<String> credentials) {
        tenants = TenantServiceGrpc.newBlockingStub(administration);
        users = UserServiceGrpc.newBlockingStub(administration);
        workloads = WorkloadServiceGrpc.newBlockingStub(administration);
        tokens = TokenServiceGrpc.newBlockingStub(tokensAndVerification);
        verification = VerificationServiceGrpc.newBlockingStub(tokensAndVerification);
        this.credentials = credentials;
    }

    /**
     * The console in the hands of somebody of the tenant: of an admin, or of the user, who leaves to an admin what only admins may do. Their
     * tokens are made under the policy that asks for nothing, which gives way to the tenant's own again.
     *
     * @param as how a channel comes to present a token
     */
    Console inTheHandsOf(Role role, Tenant tenant, User user, Function<String, Channel> as) {
        if (role == Role.ROLE_OPERATOR) {
            return this;
        }
        setPolicy(tenant, TokenPolicy.getDefaultInstance());
        CreateTokenResponse admins = create(newToken(admin(tenant), "admin's").addAllScopes(MANAGE_AND_VERIFY));
        CreateTokenResponse own = role == Role.ROLE_TENANT_ADMIN
                ? admins
                : create(newToken(user, "own").addAllScopes(MANAGE_AND_VERIFY));
        setPolicy(tenant, tenant.getTokenPolicy());
        return new Console(
                as.apply(admins.getSecret()),
                as.apply(own.getSecret()),
                Stream.of(admins, own).map(issued -> issued.getToken().getId()).collect(Collectors.toSet()));
    }

    private User admin(Tenant tenant) {
        return users.createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setEmail(UUID.randomUUID() + "@example.com")
                        .setRole(Role.ROLE_TENANT_ADMIN)
                        .build())
                .getUser();
    }

    void setPolicy(Tenant tenant, TokenPolicy policy) {
        tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenantId(tenant.getId())
                .setTokenPolicy(policy)
                .build());
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
        return tokens.listTokens(request.build()).getTokensList().stream()
                .filter(token -> !credentials.contains(token.getId()))
                .toList();
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
