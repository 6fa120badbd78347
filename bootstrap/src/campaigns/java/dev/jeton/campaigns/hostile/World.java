package dev.jeton.campaigns.hostile;

import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadRule;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.Channel;
import java.util.UUID;

/** A tenant with all that a request can name: its admin, whose token manages and verifies, a workload, a token and the query's next page. */
record World(String tenantId, String userId, String workloadId, String tokenId, String secret, String pageToken) {
    private static final TokenPolicy POLICY = TokenPolicy.newBuilder()
            .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
            .build();

    /** Makes a new one. */
    static World make(Channel operator) {
        String tenantId = TenantServiceGrpc.newBlockingStub(operator)
                .createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Acme")
                        .setTokenPolicy(POLICY)
                        .build())
                .getTenant()
                .getId();
        String userId = UserServiceGrpc.newBlockingStub(operator)
                .createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setEmail(UUID.randomUUID() + "@example.com")
                        .setRole(Role.ROLE_TENANT_ADMIN)
                        .build())
                .getUser()
                .getId();
        String workloadId = WorkloadServiceGrpc.newBlockingStub(operator)
                .createWorkload(CreateWorkloadRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setName("llama")
                        .setKind(WorkloadKind.WORKLOAD_KIND_MODEL)
                        .build())
                .getWorkload()
                .getId();
        TokenServiceGrpc.TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(operator);
        CreateTokenRequest.Builder token = CreateTokenRequest.newBuilder()
                .setUserId(userId)
                .setName("laptop")
                .addScopes("jeton:manage")
                .addScopes("jeton:verify");
        tokens.createToken(token.build());
        CreateTokenResponse created = tokens.createToken(token.build());
        String pageToken = tokens.listTokens(ListTokensRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setPageSize(1)
                        .build())
                .getNextPageToken();
        return new World(tenantId, userId, workloadId, created.getToken().getId(), created.getSecret(), pageToken);
    }
}
