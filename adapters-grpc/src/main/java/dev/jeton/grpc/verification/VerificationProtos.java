package dev.jeton.grpc.verification;

import com.google.rpc.Status;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.BatchVerifyTokensResponse;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import java.util.List;
import java.util.function.Function;

/** Converts the requests and replies of {@link VerificationGrpcService}. */
final class VerificationProtos {
    private static final int MAX_BATCH = 100;
    private static final EnumMapping<DenialReason, Verdict> DENIALS =
            EnumMapping.byName(DenialReason.class, Verdict.class, "VERDICT_");
    private static final EnumMapping<Verification.Unknown, Verdict> UNKNOWN =
            EnumMapping.byName(Verification.Unknown.class, Verdict.class, "VERDICT_");

    private VerificationProtos() {}

    static VerifyToken verifyToken(VerifyTokenRequest request) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var workloadId = read.unlessEmpty("workload_id", request.getWorkloadId(), Ids::workload);
        var scopes = read.each("scopes", request.getScopesList(), Scopes.MAX_PER_TOKEN, Scope::new);
        return read.build(() -> new VerifyToken(
                PresentedToken.parse(request.getSecret()).orElse(null),
                tenantId.get(),
                workloadId.get(),
                Scopes.of(scopes.get())));
    }

    static List<VerifyToken> batchVerifyTokens(BatchVerifyTokensRequest request) {
        RequestReader read = new RequestReader();
        read.check(
                request.getRequestsCount() > 0,
                "requests",
                ErrorReason.REQUIRED,
                "must have 1 to %s values".formatted(MAX_BATCH));
        var commands = read.each("requests", request.getRequestsList(), MAX_BATCH, VerificationProtos::verifyToken);
        return read.build(commands::get);
    }

    /** @param errors converts what kept a secret from being judged */
    static VerifyTokenResponse verification(Verification verification, Function<Unavailable, Status> errors) {
        VerifyTokenResponse.Builder response = VerifyTokenResponse.newBuilder();
        if (verification instanceof Verification.Allowed allowed) {
            response.setVerdict(Verdict.VERDICT_ALLOWED).setToken(token(allowed.token()));
        } else if (verification instanceof Verification.Denied denied) {
            response.setVerdict(DENIALS.toProto(denied.reason())).setToken(token(denied.token()));
        } else if (verification instanceof Verification.Unknown unknown) {
            response.setVerdict(UNKNOWN.toProto(unknown));
        } else if (verification instanceof Verification.Undecided undecided) {
            response.setError(errors.apply(undecided.cause()));
        }
        return response.build();
    }

    static BatchVerifyTokensResponse verifications(
            List<Verification> verifications, Function<Unavailable, Status> errors) {
        BatchVerifyTokensResponse.Builder response = BatchVerifyTokensResponse.newBuilder();
        verifications.forEach(verification -> response.addResponses(verification(verification, errors)));
        return response.build();
    }

    private static dev.jeton.v1.VerifiedToken token(VerifiedToken token) {
        dev.jeton.v1.VerifiedToken.Builder proto = dev.jeton.v1.VerifiedToken.newBuilder()
                .setId(token.tokenId().toString())
                .setTenantId(token.tenantId().toString())
                .setUserId(token.ownerId().toString())
                .setTenantWide(token.tenantWide());
        token.workloadIds().forEach(workloadId -> proto.addWorkloadIds(workloadId.toString()));
        token.scopes().values().forEach(scope -> proto.addScopes(scope.value()));
        if (token.expiry().instant() != null) {
            proto.setExpireTime(Times.timestamp(token.expiry().instant()));
        }
        return proto.build();
    }
}
