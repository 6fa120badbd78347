package dev.jeton.grpc.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationGrpcServiceTest {
    private final ApiUnderTest api = new ApiUnderTest();
    private final VerificationServiceGrpc.VerificationServiceBlockingStub verification =
            VerificationServiceGrpc.newBlockingStub(api.asCaller());
    private final TenantId tenantId = Tenants.anId();
    private final TokenId tokenId = Tokens.anId();
    private final TokenSecret secret = Tokens.secret(tenantId, tokenId);
    private final WorkloadId workload = Workloads.anId();
    private final VerifiedToken token = new VerifiedToken(
            tenantId,
            tokenId,
            Users.anId(),
            Role.MEMBER,
            false,
            new TreeSet<>(List.of(workload)),
            Scopes.of(new Scope("b"), new Scope("a")),
            Expiry.at(Instant.parse("2027-01-02T03:04:05.678901Z")));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void describesAllowedToken() {
        api.gate.answerWith(new Verification.Allowed(token));

        VerifyTokenResponse reply = verification.verifyToken(VerifyTokenRequest.newBuilder()
                .setSecret(secret.revealSecret())
                .setTenantId(tenantId.toString())
                .setWorkloadId(workload.toString())
                .addScopes("a")
                .build());

        assertThat(reply.getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(reply.getToken())
                .isEqualTo(dev.jeton.v1.VerifiedToken.newBuilder()
                        .setId(tokenId.toString())
                        .setTenantId(tenantId.toString())
                        .setUserId(token.ownerId().toString())
                        .addWorkloadIds(workload.toString())
                        .addScopes("a")
                        .addScopes("b")
                        .setExpireTime(com.google.protobuf.Timestamp.newBuilder()
                                .setSeconds(
                                        Instant.parse("2027-01-02T03:04:05Z").getEpochSecond())
                                .setNanos(678_901_000))
                        .build());
        assertThat(api.gate.verified()).singleElement().satisfies(command -> {
            assertThat(command.presented()).isNotNull();
            assertThat(command.presented().tokenId()).isEqualTo(tokenId);
            assertThat(command.tenantId()).isEqualTo(tenantId);
            assertThat(command.workloadId()).isEqualTo(workload);
            assertThat(command.scopes()).isEqualTo(Scopes.of(new Scope("a")));
        });
    }

    @ParameterizedTest
    @EnumSource(DenialReason.class)
    void answersDenialsByTheirVerdict(DenialReason reason) {
        api.gate.answerWith(new Verification.Denied(token, reason));

        VerifyTokenResponse reply = verification.verifyToken(VerifyTokenRequest.getDefaultInstance());

        assertThat(reply.getVerdict().name()).isEqualTo("VERDICT_" + reason);
        assertThat(reply.getToken().getId()).isEqualTo(tokenId.toString());
    }

    @ParameterizedTest
    @EnumSource(Verification.Unknown.class)
    void revealsNothingAboutUnknownSecrets(Verification.Unknown unknown) {
        api.gate.answerWith(unknown);

        VerifyTokenResponse reply = verification.verifyToken(VerifyTokenRequest.getDefaultInstance());

        assertThat(reply.getVerdict().name()).isEqualTo("VERDICT_" + unknown);
        assertThat(reply.hasToken()).isFalse();
    }

    /** Clients rely on these numbers. */
    @Test
    void keepsTheNumbersOfTheVerdicts() {
        assertThat(Stream.of(Verdict.values())
                        .filter(verdict -> verdict != Verdict.UNRECOGNIZED)
                        .map(verdict -> verdict.name().substring("VERDICT_".length()) + "=" + verdict.getNumber()))
                .contains(
                        "UNSPECIFIED=0",
                        "ALLOWED=1",
                        "MALFORMED=2",
                        "NOT_FOUND=3",
                        "TENANT_SUSPENDED=4",
                        "USER_DISABLED=5",
                        "CANCELLED=6",
                        "EXPIRED=7",
                        "UNASSIGNED=8",
                        "WORKLOAD_NOT_FOUND=9",
                        "WORKLOAD_DISABLED=10",
                        "WORKLOAD_NOT_ALLOWED=11",
                        "SCOPE_NOT_GRANTED=12");
    }

    @Test
    void acceptsAnyTextAsSecret() {
        for (String presented :
                List.of("", " ", "\u0000", "jtn_", secret.revealSecret() + " ", "\uD83D\uDE00".repeat(1000))) {
            api.gate.verified().clear();

            verification.verifyToken(
                    VerifyTokenRequest.newBuilder().setSecret(presented).build());

            assertThat(api.gate.verified()).singleElement().satisfies(command -> {
                assertThat(command.presented()).isNull();
                assertThat(command.tenantId()).isNull();
                assertThat(command.workloadId()).isNull();
                assertThat(command.scopes()).isEqualTo(Scopes.NONE);
            });
        }
    }

    @Test
    void reportsAllViolationsAtOnceAndNeverTheSecret() {
        Refusal refusal = Refusal.of(() -> verification.verifyToken(VerifyTokenRequest.newBuilder()
                .setSecret(secret.revealSecret())
                .setTenantId("..")
                .setWorkloadId("x")
                .addScopes("a b")
                .build()));

        assertThat(refusal.violations())
                .containsExactly("tenant_id INVALID_ID", "workload_id INVALID_ID", "scopes[0] INVALID_SCOPE");
        assertThat(refusal.bytes().toString())
                .doesNotContain(secret.revealSecret().substring(10, 40));
        assertThat(api.gate.verified()).isEmpty();
    }

    @Test
    void authenticatesBeforeValidating() {
        VerifyTokenRequest wrong =
                VerifyTokenRequest.newBuilder().setTenantId("..").build();
        String foreign = "Bearer " + Tokens.secret(tenantId, tokenId).revealSecret();

        assertThat(Refusal.of(() -> VerificationServiceGrpc.newBlockingStub(api.with(foreign))
                                .verifyToken(wrong))
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);

        api.gate.refuseWith(new PermissionDenied("The call needs a token with the scope jeton:verify."));
        assertThat(Refusal.of(() -> verification.verifyToken(wrong)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void verifiesBatchInOrder() {
        api.gate.verifyWith(command -> CompletableFuture.completedFuture(
                command.presented() == null ? Verification.Unknown.MALFORMED : new Verification.Allowed(token)));

        var reply = verification.batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                .addRequests(VerifyTokenRequest.newBuilder().setSecret("?"))
                .addRequests(VerifyTokenRequest.newBuilder().setSecret(secret.revealSecret()))
                .build());

        assertThat(reply.getResponsesList())
                .extracting(VerifyTokenResponse::getVerdict)
                .containsExactly(Verdict.VERDICT_MALFORMED, Verdict.VERDICT_ALLOWED);
    }

    /** Whoever only reads the verdict does not take it for ALLOWED. */
    @Test
    void anElementThatCannotBeJudgedHasAnErrorAndNoVerdict() {
        Unavailable missingKey =
                new Unavailable(ErrorReason.SECRET_KEY_MISSING, "This replica lacks the key.", new Exception("cause"));
        api.gate.verifyWith(command -> CompletableFuture.completedFuture(
                command.presented() == null
                        ? new Verification.Undecided(missingKey)
                        : new Verification.Allowed(token)));

        var responses = verification
                .batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                        .addRequests(VerifyTokenRequest.newBuilder().setSecret("?"))
                        .addRequests(VerifyTokenRequest.newBuilder().setSecret(secret.revealSecret()))
                        .build())
                .getResponsesList();

        assertThat(responses.get(0).getVerdict()).isEqualTo(Verdict.VERDICT_UNSPECIFIED);
        assertThat(responses.get(0).hasToken()).isFalse();
        Refusal failure = Refusal.of(() -> {
            throw StatusProto.toStatusRuntimeException(responses.get(0).getError());
        });
        assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure.reason()).isEqualTo("SECRET_KEY_MISSING");
        assertThat(failure.message()).isEqualTo("This replica lacks the key.");
        assertThat(responses.get(1).getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(responses.get(1).hasError()).isFalse();
    }

    @Test
    void refusesBatchWithOneInvalidElement() {
        Refusal refusal = Refusal.of(() -> verification.batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                .addRequests(VerifyTokenRequest.getDefaultInstance())
                .addRequests(VerifyTokenRequest.newBuilder()
                        .setTenantId("x")
                        .addScopes("a")
                        .addScopes(""))
                .build()));

        assertThat(refusal.violations())
                .containsExactly("requests[1].tenant_id INVALID_ID", "requests[1].scopes[1] INVALID_SCOPE");
        assertThat(api.gate.verified()).isEmpty();
    }

    @Test
    void limitsBatches() {
        assertThat(Refusal.of(() -> verification.batchVerifyTokens(BatchVerifyTokensRequest.getDefaultInstance()))
                        .violations())
                .containsExactly("requests REQUIRED");
        assertThat(verification
                        .batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                                .addAllRequests(Collections.nCopies(100, VerifyTokenRequest.getDefaultInstance()))
                                .build())
                        .getResponsesCount())
                .isEqualTo(100);
        assertThat(Refusal.of(() -> verification.batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                                .addAllRequests(Collections.nCopies(101, VerifyTokenRequest.getDefaultInstance()))
                                .build()))
                        .violations())
                .containsExactly("requests TOO_MANY");
    }

    @Test
    void limitsDemandedScopes() {
        Refusal refusal = Refusal.of(() -> verification.verifyToken(VerifyTokenRequest.newBuilder()
                .addAllScopes(Collections.nCopies(65, "a"))
                .build()));

        assertThat(refusal.violations()).containsExactly("scopes TOO_MANY");
    }

    @Test
    void failureIsNeverADenial() {
        api.gate.verifyWith(command -> CompletableFuture.failedFuture(new CompletionException(new Unavailable(
                ErrorReason.DATABASE_UNAVAILABLE,
                "The database does not answer; try again.",
                new Exception("cause")))));

        Refusal refusal = Refusal.of(() -> verification.verifyToken(VerifyTokenRequest.getDefaultInstance()));

        assertThat(refusal.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal.reason()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(refusal.message()).doesNotContain("cause");
    }
}
