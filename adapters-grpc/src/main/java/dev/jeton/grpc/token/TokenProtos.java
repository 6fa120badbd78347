package dev.jeton.grpc.token;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.Parsed;
import dev.jeton.grpc.message.ReplyPages;
import dev.jeton.grpc.message.RequestKeys;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.v1.AssignTokenRequest;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.StringList;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.UpdateTokenRequest.ExpirationCase;
import java.util.List;
import java.util.Set;

/** Converts the requests and replies of {@link TokenGrpcService}. */
final class TokenProtos {
    private static final EnumMapping<TokenStatus, dev.jeton.v1.TokenStatus> STATUSES =
            EnumMapping.byName(TokenStatus.class, dev.jeton.v1.TokenStatus.class, "TOKEN_STATUS_");

    private static final EnumMapping<Role, dev.jeton.v1.Role> ROLES =
            EnumMapping.byName(Role.class, dev.jeton.v1.Role.class, "ROLE_");

    private TokenProtos() {}

    static CreateToken createToken(CreateTokenRequest request) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var userId = read.unlessEmpty("user_id", request.getUserId(), Ids::user);
        var name = read.unlessMissing("name", request.getName(), TokenName::new);
        var description = read.value("description", request.getDescription(), FreeText::new);
        var expiration = ExpirationProtos.expiration(read, request);
        var workloadIds = workloadIds(read, request.getWorkloadIdsList());
        var scopes = read.each("scopes", request.getScopesList(), Scopes.MAX_PER_TOKEN, Scope::new);
        var requestKey = RequestKeys.read(read, request, request.getRequestId());
        return read.build(() -> new CreateToken(
                tenantId.get(),
                userId.get(),
                new TokenDraft(
                        name.get(),
                        description.get(),
                        expiration.get(),
                        Set.copyOf(workloadIds.get()),
                        Scopes.of(scopes.get())),
                requestKey.get()));
    }

    static TokenId tokenId(String text) {
        return RequestReader.single("token_id", text, Ids::token);
    }

    static ListTokens listTokens(ListTokensRequest request, PageQuery query) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var userId = read.unlessEmpty("user_id", request.getUserId(), Ids::user);
        var workloadId = read.unlessEmpty("workload_id", request.getWorkloadId(), Ids::workload);
        var status = read.ifPresent(
                EnumMapping.isSpecified(request.getStatus()), "status", request.getStatus(), STATUSES::toDomain);
        var nameContains = read.value("name_contains", request.getNameContains(), TokenFilter::namePart);
        var expireBefore =
                read.ifPresent(request.hasExpireBefore(), "expire_before", request.getExpireBefore(), Times::instant);
        var page = read.page(request.getPageSize(), request.getPageToken(), query);
        return read.build(() -> new ListTokens(
                tenantId.get(),
                new TokenFilter(
                        userId.get(),
                        workloadId.get(),
                        request.getUnassigned(),
                        status.get(),
                        nameContains.get(),
                        expireBefore.get()),
                page.get()));
    }

    static UpdateToken updateToken(UpdateTokenRequest request) {
        RequestReader read = new RequestReader();
        var tokenId = read.value("token_id", request.getTokenId(), Ids::token);
        var name = read.ifPresent(request.hasName(), "name", request.getName(), TokenName::new);
        var description =
                read.ifPresent(request.hasDescription(), "description", request.getDescription(), FreeText::new);
        var expiration = ExpirationProtos.expiration(read, request);
        var scopes = read.ifPresent(request.hasScopes(), "scopes", request.getScopes(), TokenProtos::scopes);
        read.requireChange(
                request.hasName()
                        || request.hasDescription()
                        || request.getExpirationCase() != ExpirationCase.EXPIRATION_NOT_SET
                        || request.hasScopes(),
                "name, description, an expiry or scopes");
        return read.build(() -> new UpdateToken(
                tokenId.get(),
                new TokenChange(name.get(), description.get(), expiration.get(), scopes.get()),
                RequestReader.etag(request.getEtag())));
    }

    static AssignToken assignToken(AssignTokenRequest request) {
        RequestReader read = new RequestReader();
        var tokenId = read.value("token_id", request.getTokenId(), Ids::token);
        var workloadIds = workloadIds(read, request.getWorkloadIdsList());
        return read.build(() ->
                new AssignToken(tokenId.get(), Set.copyOf(workloadIds.get()), RequestReader.etag(request.getEtag())));
    }

    static CancelToken cancelToken(CancelTokenRequest request) {
        RequestReader read = new RequestReader();
        var tokenId = read.value("token_id", request.getTokenId(), Ids::token);
        var reason = read.value("reason", request.getReason(), FreeText::new);
        return read.build(() -> new CancelToken(tokenId.get(), reason.get(), RequestReader.etag(request.getEtag())));
    }

    static RenewToken renewToken(RenewTokenRequest request) {
        RequestReader read = new RequestReader();
        var tokenId = read.value("token_id", request.getTokenId(), Ids::token);
        var expiration = ExpirationProtos.expiration(read, request);
        return read.build(() -> new RenewToken(tokenId.get(), expiration.get(), RequestReader.etag(request.getEtag())));
    }

    private static Parsed<List<WorkloadId>> workloadIds(RequestReader read, List<String> raw) {
        return read.each("workload_ids", raw, WorkloadRule.MAX_WORKLOADS, Ids::workload);
    }

    private static Scopes scopes(StringList list) {
        RequestReader read = new RequestReader();
        var values = read.each("values", list.getValuesList(), Scopes.MAX_PER_TOKEN, Scope::new);
        return read.build(() -> Scopes.of(values.get()));
    }

    static dev.jeton.v1.Token token(TokenView view) {
        Token token = view.token();
        dev.jeton.v1.Token.Builder proto = dev.jeton.v1.Token.newBuilder()
                .setId(token.id().toString())
                .setTenantId(token.tenantId().toString())
                .setUserId(token.ownerId().toString())
                .setTenantWide(token.tenantWide())
                .setName(token.name().value())
                .setDescription(token.description().value())
                .setStatus(STATUSES.toProto(view.status()))
                .setSecretHint(token.secretHint().value())
                .setCreateTime(Times.timestamp(token.revision().createTime()))
                .setUpdateTime(Times.timestamp(token.revision().updateTime()))
                .setEtag(token.revision().etag().value());
        token.workloadIds().forEach(workloadId -> proto.addWorkloadIds(workloadId.toString()));
        token.scopes().values().forEach(scope -> proto.addScopes(scope.value()));
        if (token.expiry().instant() != null) {
            proto.setExpireTime(Times.timestamp(token.expiry().instant()));
        }
        if (token.lastUsedTime() != null) {
            proto.setLastUsedTime(Times.timestamp(token.lastUsedTime()));
        }
        if (token.cancellation() != null) {
            proto.setCancellation(cancellation(token.cancellation()));
        }
        return proto.build();
    }

    private static dev.jeton.v1.Cancellation cancellation(Cancellation cancellation) {
        dev.jeton.v1.Cancellation.Builder proto = dev.jeton.v1.Cancellation.newBuilder()
                .setReason(cancellation.reason().value())
                .setLeaked(cancellation.leaked());
        if (cancellation.time() != null) {
            proto.setTime(Times.timestamp(cancellation.time()));
        }
        if (cancellation.userId() != null) {
            proto.setUserId(cancellation.userId().toString());
        }
        if (cancellation.role() != null) {
            proto.setRole(ROLES.toProto(cancellation.role()));
        }
        return proto.build();
    }

    static ListTokensResponse tokens(Page<TokenView> page, PageQuery query) {
        Page<dev.jeton.v1.Token> fitting = ReplyPages.of(
                page, TokenProtos::token, view -> view.token().id().value());
        return ListTokensResponse.newBuilder()
                .addAllTokens(fitting.items())
                .setNextPageToken(query.tokenFor(fitting.next()))
                .build();
    }
}
