package dev.jeton.grpc;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.verification.Verification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Authenticates one caller and returns the same verification for every request. */
public final class FakeGate implements Authentication, TokenVerification {
    private final TokenId callerToken = Tokens.anId();
    private final TokenSecret secret = Tokens.secret(TenantId.SYSTEM, callerToken);
    private final List<Operation> authenticated = Collections.synchronizedList(new ArrayList<>());
    private final List<Operation> acted = Collections.synchronizedList(new ArrayList<>());
    private final List<VerifyToken> verified = Collections.synchronizedList(new ArrayList<>());
    private final UserId owner = Users.anId();
    private volatile Caller caller = new Caller(
            TenantId.SYSTEM,
            owner,
            Role.OPERATOR,
            Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS),
            callerToken,
            owner,
            new CallId(UUID.randomUUID()));
    private volatile Function<VerifyToken, CompletionStage<Verification>> verifier =
            command -> CompletableFuture.completedFuture(Verification.Unknown.MALFORMED);
    private volatile @Nullable JetonException refusal;
    private volatile @Nullable JetonException actingRefusal;
    private volatile boolean silent;

    @Override
    public CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation) {
        authenticated.add(operation);
        if (silent) {
            return new CompletableFuture<>();
        }
        if (!credential.tokenId().equals(callerToken)) {
            return CompletableFuture.failedFuture(new Unauthenticated());
        }
        return refusal == null ? CompletableFuture.completedFuture(caller) : CompletableFuture.failedFuture(refusal);
    }

    @Override
    public Caller actAs(Caller owner, UserId userId, Operation operation) {
        acted.add(operation);
        if (actingRefusal != null) {
            throw actingRefusal;
        }
        return owner.actingAs(owner.tenantId(), userId, Role.MEMBER);
    }

    @Override
    public CompletionStage<Verification> verify(PresentedToken credential, VerifyToken command) {
        return authenticate(credential, Operation.VERIFY_TOKEN).thenCompose(known -> decide(command));
    }

    @Override
    public CompletionStage<List<Verification>> verifyAll(PresentedToken credential, List<VerifyToken> commands) {
        return authenticate(credential, Operation.BATCH_VERIFY_TOKENS).thenApply(known -> commands.stream()
                .map(command -> decide(command).toCompletableFuture().join())
                .toList());
    }

    private CompletionStage<Verification> decide(VerifyToken command) {
        verified.add(command);
        return verifier.apply(command);
    }

    public void answerWith(Verification verification) {
        verifier = command -> CompletableFuture.completedFuture(verification);
    }

    public void verifyWith(Function<VerifyToken, CompletionStage<Verification>> newVerifier) {
        verifier = newVerifier;
    }

    /** Makes every later authentication fail. */
    public void refuseWith(JetonException newRefusal) {
        refusal = newRefusal;
    }

    /** Makes every later attempt to act as another user fail. */
    public void refuseActingWith(JetonException newRefusal) {
        actingRefusal = newRefusal;
    }

    /** Makes later authentications never complete. */
    public void neverAnswer() {
        silent = true;
    }

    public void callAs(Caller newCaller) {
        caller = newCaller;
    }

    public Caller caller() {
        return caller;
    }

    /** The secret of the one valid token. */
    public TokenSecret secret() {
        return secret;
    }

    public List<Operation> authenticated() {
        return authenticated;
    }

    /** The operations that callers attempted as other users. */
    public List<Operation> acted() {
        return acted;
    }

    public List<VerifyToken> verified() {
        return verified;
    }
}
