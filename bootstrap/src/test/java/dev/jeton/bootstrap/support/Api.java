package dev.jeton.bootstrap.support;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.jeton.v1.AssignTokenRequest;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.DisableWorkloadRequest;
import dev.jeton.v1.EnableUserRequest;
import dev.jeton.v1.EnableWorkloadRequest;
import dev.jeton.v1.ExpiryRule;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.NameRule;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.ResumeTenantRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.StringList;
import dev.jeton.v1.SuspendTenantRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UpdateTenantRequest;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadRule;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An API client for tests: short methods for frequent calls, blocking stubs for the rest. Calls have a deadline of 30 seconds, which only one that
 * hangs exceeds, unless they or the client set another. Immutable, thread-safe.
 */
public class Api {
    private static final java.time.Duration DEADLINE = java.time.Duration.ofSeconds(30);

    public final TenantServiceGrpc.TenantServiceBlockingStub tenants;
    public final UserServiceGrpc.UserServiceBlockingStub users;
    public final WorkloadServiceGrpc.WorkloadServiceBlockingStub workloads;
    public final TokenServiceGrpc.TokenServiceBlockingStub tokens;
    public final VerificationServiceGrpc.VerificationServiceBlockingStub verification;
    public final AuditServiceGrpc.AuditServiceBlockingStub audit;

    /** @param channel presents the caller's credential; see {@link JetonProcess#as} */
    public Api(Channel channel) {
        this(channel, channel);
    }

    /** @param deadline of calls that set none */
    public Api(Channel channel, java.time.Duration deadline) {
        this(channel, channel, deadline);
    }

    /** @param administration for tenants, users, workloads and the audit trail, which members may not change */
    protected Api(Channel administration, Channel tokensAndVerification) {
        this(administration, tokensAndVerification, DEADLINE);
    }

    private Api(Channel administration, Channel tokensAndVerification, java.time.Duration deadline) {
        Channel timely = ClientInterceptors.intercept(administration, new DefaultDeadline(deadline));
        Channel own = ClientInterceptors.intercept(tokensAndVerification, new DefaultDeadline(deadline));
        tenants = TenantServiceGrpc.newBlockingStub(timely);
        users = UserServiceGrpc.newBlockingStub(timely);
        workloads = WorkloadServiceGrpc.newBlockingStub(timely);
        audit = AuditServiceGrpc.newBlockingStub(timely);
        tokens = TokenServiceGrpc.newBlockingStub(own);
        verification = VerificationServiceGrpc.newBlockingStub(own);
    }

    public Tenant tenant(TokenPolicy policy) {
        return tenants.createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Acme")
                        .setTokenPolicy(policy)
                        .build())
                .getTenant();
    }

    /** Replaces the whole policy: clears the parts that {@code policy} lacks. */
    public void setPolicy(String tenantId, TokenPolicy policy) {
        TokenPolicy everyPart = TokenPolicy.newBuilder()
                .setNameRule(NameRule.getDefaultInstance())
                .setExpiryRule(ExpiryRule.getDefaultInstance())
                .setWorkloadRule(WorkloadRule.getDefaultInstance())
                .setAllowedScopes(StringList.getDefaultInstance())
                .setDefaultScopes(StringList.getDefaultInstance())
                .setMaxTokensPerUser(0)
                .mergeFrom(policy)
                .build();
        tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenantId(tenantId)
                .setTokenPolicy(everyPart)
                .build());
    }

    public void suspend(String tenantId) {
        tenants.suspendTenant(
                SuspendTenantRequest.newBuilder().setTenantId(tenantId).build());
    }

    public void resume(String tenantId) {
        tenants.resumeTenant(
                ResumeTenantRequest.newBuilder().setTenantId(tenantId).build());
    }

    /** Creates a member. */
    public User user(String tenantId) {
        return user(tenantId, Role.ROLE_MEMBER);
    }

    public User user(String tenantId, Role role) {
        return users.createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setEmail(UUID.randomUUID() + "@example.com")
                        .setDisplayName("Ada Lovelace")
                        .setRole(role)
                        .build())
                .getUser();
    }

    public void disableUser(String userId) {
        users.disableUser(DisableUserRequest.newBuilder().setUserId(userId).build());
    }

    public void enableUser(String userId) {
        users.enableUser(EnableUserRequest.newBuilder().setUserId(userId).build());
    }

    /** Creates a model with a unique name. */
    public Workload workload(String tenantId) {
        return workload(tenantId, WorkloadKind.WORKLOAD_KIND_MODEL, "model-" + UUID.randomUUID());
    }

    public Workload workload(String tenantId, WorkloadKind kind, String name) {
        return workloads
                .createWorkload(CreateWorkloadRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setName(name)
                        .setKind(kind)
                        .build())
                .getWorkload();
    }

    public void disableWorkload(String workloadId) {
        workloads.disableWorkload(
                DisableWorkloadRequest.newBuilder().setWorkloadId(workloadId).build());
    }

    public void enableWorkload(String workloadId) {
        workloads.enableWorkload(
                EnableWorkloadRequest.newBuilder().setWorkloadId(workloadId).build());
    }

    public static CreateTokenRequest.Builder newToken(User owner, String name) {
        return CreateTokenRequest.newBuilder().setUserId(owner.getId()).setName(name);
    }

    public CreateTokenResponse create(CreateTokenRequest.Builder request) {
        return tokens.createToken(request.build());
    }

    /** Creates a token for calling Jeton, and returns its secret. */
    public String credential(User owner, String... scopes) {
        return create(newToken(owner, "caller-" + UUID.randomUUID()).addAllScopes(List.of(scopes)))
                .getSecret();
    }

    /** Creates a token of the caller's user that may only verify, and returns its secret. */
    public String gateway() {
        return credential(
                users.getProfile(GetProfileRequest.getDefaultInstance()).getUser(), "jeton:verify");
    }

    public Token get(String tokenId) {
        return tokens.getToken(GetTokenRequest.newBuilder().setTokenId(tokenId).build())
                .getToken();
    }

    public List<Token> list(ListTokensRequest.Builder request) {
        return tokens.listTokens(request.build()).getTokensList();
    }

    public void cancel(String tokenId) {
        cancel(tokenId, "");
    }

    public void cancel(String tokenId, String reason) {
        tokens.cancelToken(CancelTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .setReason(reason)
                .build());
    }

    public void reactivate(String tokenId) {
        tokens.reactivateToken(
                ReactivateTokenRequest.newBuilder().setTokenId(tokenId).build());
    }

    public void delete(String tokenId) {
        tokens.deleteToken(DeleteTokenRequest.newBuilder().setTokenId(tokenId).build());
    }

    public void setScopes(String tokenId, List<String> scopes) {
        tokens.updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .setScopes(StringList.newBuilder().addAllValues(scopes))
                .build());
    }

    public void setExpireTime(String tokenId, Instant time) {
        tokens.updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .setExpireTime(timestamp(time))
                .build());
    }

    public void setNeverExpires(String tokenId) {
        tokens.updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .setNeverExpires(true)
                .build());
    }

    public void assign(String tokenId, String... workloadIds) {
        tokens.assignToken(AssignTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .addAllWorkloadIds(List.of(workloadIds))
                .build());
    }

    public static VerifyTokenRequest.Builder use(CreateTokenResponse created) {
        return VerifyTokenRequest.newBuilder().setSecret(created.getSecret());
    }

    public static VerifyTokenRequest.Builder useFor(CreateTokenResponse created, Workload workload) {
        return use(created).setWorkloadId(workload.getId());
    }

    public Verdict verdict(VerifyTokenRequest.Builder request) {
        return verify(request).getVerdict();
    }

    public VerifyTokenResponse verify(VerifyTokenRequest.Builder request) {
        return verification.verifyToken(request.build());
    }

    public static Duration days(long days) {
        return Duration.newBuilder().setSeconds(TimeUnit.DAYS.toSeconds(days)).build();
    }

    public static Date date(LocalDate day) {
        return Date.newBuilder()
                .setYear(day.getYear())
                .setMonth(day.getMonthValue())
                .setDay(day.getDayOfMonth())
                .build();
    }

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Null for a time that is not set. */
    public static @Nullable Instant instant(Timestamp timestamp) {
        return timestamp.equals(Timestamp.getDefaultInstance())
                ? null
                : Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    /** Gives a deadline to calls that set none. */
    private record DefaultDeadline(java.time.Duration deadline) implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return next.newCall(
                    method,
                    options.getDeadline() == null
                            ? options.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                            : options);
        }
    }
}
