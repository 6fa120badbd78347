package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.VerifyTokenRequest;
import java.util.List;

/**
 * A verify request that clients repeat while its result changes, and its history. Thread-safe.
 *
 * @param tokenId the token that changes: the one in the request, or its caller's
 * @param ownerId the user who owns that token
 * @param workloadId the workload in the request; assigned to the token in the request
 * @param spareWorkloadId another workload of the same tenant
 * @param caller the secret of the gateway that sends the request
 */
record Probe(
        String tenantId,
        String tokenId,
        String ownerId,
        String workloadId,
        String spareWorkloadId,
        VerifyTokenRequest request,
        String caller,
        History history) {
    static final List<String> SCOPES = List.of("models:run", "models:list");
    static final List<String> GATEWAY_SCOPES = List.of("jeton:verify");

    /** The policy of the probes' tenants: a token may have workloads but needs none. */
    static final TokenPolicy POLICY = policy(false);

    static final TokenPolicy POLICY_REQUIRING_WORKLOAD = policy(true);

    private static TokenPolicy policy(boolean requiresWorkload) {
        TokenPolicy.Builder policy = TokenPolicy.newBuilder();
        policy.getWorkloadRuleBuilder().setMaxWorkloads(2).setRequiredForUse(requiresWorkload);
        return policy.build();
    }

    /** A probe whose own token changes. */
    static Probe token(Api api, String tenantId, String gateway) {
        User owner = api.user(tenantId);
        String workloadId = api.workload(tenantId).getId();
        CreateTokenResponse token = token(api, owner, List.of(workloadId), SCOPES);
        return new Probe(
                tenantId,
                token.getToken().getId(),
                owner.getId(),
                workloadId,
                api.workload(tenantId).getId(),
                Api.use(token).setWorkloadId(workloadId).addAllScopes(SCOPES).build(),
                gateway,
                new History(Answer.ALLOWED));
    }

    /** The same in a new tenant, which may also change. */
    static Probe tenant(Api api, String ignoredTenantId, String gateway) {
        return token(api, api.tenant(POLICY).getId(), gateway);
    }

    /** A probe in a new tenant, with no workload. */
    static Probe unassigned(Api api, String ignoredTenantId, String gateway) {
        String tenantId = api.tenant(POLICY).getId();
        User owner = api.user(tenantId);
        CreateTokenResponse token = token(api, owner, List.of(), SCOPES);
        return new Probe(
                tenantId,
                token.getToken().getId(),
                owner.getId(),
                "",
                "",
                Api.use(token).build(),
                gateway,
                new History(Answer.ALLOWED));
    }

    /** A probe whose caller changes: a new gateway of a new user. */
    static Probe gateway(Api api, String tenantId, String ignoredGateway) {
        User owner = api.user(tenantId);
        CreateTokenResponse gateway = token(api, owner, List.of(), GATEWAY_SCOPES);
        Probe presented = token(api, tenantId, gateway.getSecret());
        return new Probe(
                tenantId,
                gateway.getToken().getId(),
                owner.getId(),
                presented.workloadId(),
                presented.spareWorkloadId(),
                presented.request(),
                presented.caller(),
                presented.history());
    }

    private static CreateTokenResponse token(Api api, User owner, List<String> workloadIds, List<String> scopes) {
        return api.create(
                Api.newToken(owner, "strict").addAllWorkloadIds(workloadIds).addAllScopes(scopes));
    }
}
