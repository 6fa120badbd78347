package dev.jeton.bootstrap.strictness;

import dev.jeton.v1.AssignTokenRequest;
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
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.ResumeTenantRequest;
import dev.jeton.v1.StringList;
import dev.jeton.v1.SuspendTenantRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UpdateTenantRequest;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.Channel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What an operator makes and changes through one replica; each returns when it is acknowledged. Thread-safe. */
public final class Administration {
    private static final long DEADLINE_SECONDS = 10;

    private final Channel channel;

    public Administration(Channel channel) {
        this.channel = channel;
    }

    public Tenant tenant(TokenPolicy policy) {
        return tenants()
                .createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Acme")
                        .setTokenPolicy(policy)
                        .build())
                .getTenant();
    }

    public User user(String tenantId) {
        return users().createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setEmail(UUID.randomUUID() + "@example.com")
                        .build())
                .getUser();
    }

    Workload workload(String tenantId) {
        return workloads()
                .createWorkload(CreateWorkloadRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setName(UUID.randomUUID().toString())
                        .setKind(WorkloadKind.WORKLOAD_KIND_MODEL)
                        .build())
                .getWorkload();
    }

    CreateTokenResponse token(User owner, List<String> workloadIds, List<String> scopes) {
        return tokens().createToken(CreateTokenRequest.newBuilder()
                .setUserId(owner.getId())
                .setName("strict")
                .addAllWorkloadIds(workloadIds)
                .addAllScopes(scopes)
                .build());
    }

    /** The secret of a token of the operator's own that may verify, for every tenant, and do nothing else. */
    public String gateway() {
        User operator =
                users().getProfile(GetProfileRequest.getDefaultInstance()).getUser();
        return token(operator, List.of(), Subject.GATEWAY_SCOPES).getSecret();
    }

    void cancel(String tokenId) {
        tokens().cancelToken(CancelTokenRequest.newBuilder().setTokenId(tokenId).build());
    }

    void reactivate(String tokenId) {
        tokens().reactivateToken(
                        ReactivateTokenRequest.newBuilder().setTokenId(tokenId).build());
    }

    void delete(String tokenId) {
        tokens().deleteToken(DeleteTokenRequest.newBuilder().setTokenId(tokenId).build());
    }

    void scopes(String tokenId, List<String> scopes) {
        tokens().updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .setScopes(StringList.newBuilder().addAllValues(scopes))
                .build());
    }

    void expireAt(String tokenId, Instant time) {
        UpdateTokenRequest.Builder request = UpdateTokenRequest.newBuilder().setTokenId(tokenId);
        request.getExpireTimeBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano());
        tokens().updateToken(request.build());
    }

    void neverExpire(String tokenId) {
        tokens().updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .setNeverExpires(true)
                .build());
    }

    void assign(String tokenId, String workloadId) {
        tokens().assignToken(AssignTokenRequest.newBuilder()
                .setTokenId(tokenId)
                .addWorkloadIds(workloadId)
                .build());
    }

    void disableUser(String userId) {
        users().disableUser(DisableUserRequest.newBuilder().setUserId(userId).build());
    }

    void enableUser(String userId) {
        users().enableUser(EnableUserRequest.newBuilder().setUserId(userId).build());
    }

    void disableWorkload(String workloadId) {
        workloads()
                .disableWorkload(DisableWorkloadRequest.newBuilder()
                        .setWorkloadId(workloadId)
                        .build());
    }

    void enableWorkload(String workloadId) {
        workloads()
                .enableWorkload(EnableWorkloadRequest.newBuilder()
                        .setWorkloadId(workloadId)
                        .build());
    }

    void suspend(String tenantId) {
        tenants()
                .suspendTenant(
                        SuspendTenantRequest.newBuilder().setTenantId(tenantId).build());
    }

    void resume(String tenantId) {
        tenants()
                .resumeTenant(
                        ResumeTenantRequest.newBuilder().setTenantId(tenantId).build());
    }

    void policy(String tenantId, TokenPolicy policy) {
        tenants()
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setTokenPolicy(policy)
                        .build());
    }

    private TenantServiceGrpc.TenantServiceBlockingStub tenants() {
        return TenantServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private UserServiceGrpc.UserServiceBlockingStub users() {
        return UserServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private WorkloadServiceGrpc.WorkloadServiceBlockingStub workloads() {
        return WorkloadServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private TokenServiceGrpc.TokenServiceBlockingStub tokens() {
        return TokenServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
}
