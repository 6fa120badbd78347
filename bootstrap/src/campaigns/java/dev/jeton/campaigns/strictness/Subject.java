package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.VerifyTokenRequest;
import java.util.List;

/**
 * One verification that is asked for again and again while somebody changes what it depends on. Thread-safe as far as its parts are.
 *
 * @param changed the token that is changed: the one that is presented, or its caller's
 * @param owner of that token
 * @param assigned the workload that the verification asks about; the presented token's
 * @param spare another of the same tenant
 * @param request what is asked
 * @param caller the secret of whoever asks
 */
record Subject(
        String tenantId,
        String changed,
        String owner,
        String assigned,
        String spare,
        VerifyTokenRequest request,
        String caller,
        History history) {
    static final List<String> SCOPES = List.of("models:run", "models:list");
    static final List<String> GATEWAY_SCOPES = List.of("jeton:verify");

    /** Tokens are bound to workloads, and need none unless they are asked about one. */
    static TokenPolicy bound() {
        TokenPolicy.Builder policy = TokenPolicy.newBuilder();
        policy.getWorkloadRuleBuilder().setMaxWorkloads(2);
        return policy.build();
    }

    /** A token of that tenant, allowed as it is; its caller is somebody who is not changed. */
    static Subject token(Api by, String tenantId, String caller) {
        User owner = by.user(tenantId);
        String assigned = by.workload(tenantId).getId();
        CreateTokenResponse token = token(by, owner, List.of(assigned), SCOPES);
        return new Subject(
                tenantId,
                token.getToken().getId(),
                owner.getId(),
                assigned,
                by.workload(tenantId).getId(),
                VerifyTokenRequest.newBuilder()
                        .setSecret(token.getSecret())
                        .setWorkloadId(assigned)
                        .addAllScopes(SCOPES)
                        .build(),
                caller,
                new History(Answer.ALLOWED));
    }

    /** A token that is assigned to nothing, and not asked about a workload, in a tenant of its own. */
    static Subject unassigned(Api by, String caller) {
        Tenant tenant = by.tenant(bound());
        User owner = by.user(tenant.getId());
        CreateTokenResponse token = token(by, owner, List.of(), SCOPES);
        return new Subject(
                tenant.getId(),
                token.getToken().getId(),
                owner.getId(),
                "",
                "",
                VerifyTokenRequest.newBuilder().setSecret(token.getSecret()).build(),
                caller,
                new History(Answer.ALLOWED));
    }

    /** A token that stays as it is; what is changed is the gateway that asks about it, and the gateway's user. */
    static Subject gateway(Api by, String tenantId) {
        Subject presented = token(by, tenantId, "");
        User owner = by.user(tenantId);
        CreateTokenResponse gateway = token(by, owner, List.of(), GATEWAY_SCOPES);
        return new Subject(
                tenantId,
                gateway.getToken().getId(),
                owner.getId(),
                presented.assigned(),
                presented.spare(),
                presented.request(),
                gateway.getSecret(),
                presented.history());
    }

    private static CreateTokenResponse token(Api by, User owner, List<String> workloadIds, List<String> scopes) {
        return by.create(
                Api.newToken(owner, "strict").addAllWorkloadIds(workloadIds).addAllScopes(scopes));
    }
}
