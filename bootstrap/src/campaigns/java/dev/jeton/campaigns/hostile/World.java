package dev.jeton.campaigns.hostile;

import static dev.jeton.bootstrap.support.Api.newToken;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.WorkloadRule;

/**
 * A tenant with one resource of each kind.
 *
 * @param userId the tenant's admin
 * @param secret of the admin's token, to manage and verify
 * @param pageToken of a list of the tenant's tokens
 */
record World(String tenantId, String userId, String workloadId, String tokenId, String secret, String pageToken) {
    private static final TokenPolicy POLICY = TokenPolicy.newBuilder()
            .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
            .build();

    static World create(Api operator) {
        String tenantId = operator.tenant(POLICY).getId();
        User admin = operator.user(tenantId, Role.ROLE_TENANT_ADMIN);
        String workloadId = operator.workload(tenantId).getId();
        CreateTokenRequest.Builder token =
                newToken(admin, "laptop").addScopes("jeton:manage").addScopes("jeton:verify");
        operator.create(token);
        CreateTokenResponse created = operator.create(token);
        String pageToken = operator.tokens
                .listTokens(ListTokensRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setPageSize(1)
                        .build())
                .getNextPageToken();
        return new World(
                tenantId, admin.getId(), workloadId, created.getToken().getId(), created.getSecret(), pageToken);
    }
}
