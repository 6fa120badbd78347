package dev.jeton.application.token;

import static dev.jeton.application.fixture.InMemoryJeton.get;
import static dev.jeton.application.fixture.InMemoryJeton.presented;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.fixture.Permissions;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which callers are authenticated for which operations, and the errors for the rest. */
class AuthenticationTest {
    private static final Scopes ALL_RESERVED = Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS);
    private static final Set<Operation> VERIFICATIONS =
            EnumSet.of(Operation.VERIFY_TOKEN, Operation.BATCH_VERIFY_TOKENS);

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant();
    private final User owner = jeton.member(tenant);

    @Test
    void theCallerIsTheOwnerOfTheToken() {
        IssuedToken issued = issued(owner, ALL_RESERVED);

        assertThat(get(jeton.verification.authenticate(presented(issued.secret()), Operation.GET_PROFILE)))
                .usingRecursiveComparison()
                .ignoringFields("callId")
                .isEqualTo(new Caller(
                        tenant.id(),
                        owner.id(),
                        Role.MEMBER,
                        ALL_RESERVED,
                        issued.view().token().id(),
                        owner.id(),
                        null));
    }

    @Test
    void theRoleIsTheCurrentOne() {
        PresentedToken credential = presented(issued(owner, ALL_RESERVED).secret());

        jeton.users.update(jeton.operator, new UpdateUser(owner.id(), null, null, Role.TENANT_ADMIN, null));
        assertThat(get(jeton.verification.authenticate(credential, Operation.GET_PROFILE))
                        .role())
                .isEqualTo(Role.TENANT_ADMIN);
        jeton.users.update(jeton.operator, new UpdateUser(owner.id(), null, null, Role.MEMBER, null));
        assertThat(get(jeton.verification.authenticate(credential, Operation.GET_PROFILE))
                        .role())
                .isEqualTo(Role.MEMBER);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void theOperatorMayDoEverything(Operation operation) {
        assertThat(get(jeton.verification.authenticate(jeton.credential, operation)))
                .usingRecursiveComparison()
                .ignoringFields("callId")
                .isEqualTo(jeton.operator);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void othersMayDoOnlyWhatScopeAndRoleAllow(Operation operation) {
        for (Role role : List.of(Role.MEMBER, Role.TENANT_ADMIN)) {
            User user = jeton.user(tenant, role, role + "@example.com");
            for (Scopes scopes : Permissions.SAMPLES) {
                CompletionStage<Caller> stage = jeton.verification.authenticate(
                        presented(issued(user, scopes).secret()), operation);
                if (Permissions.allows(operation, role, scopes)) {
                    assertThat(get(stage).scopes()).isEqualTo(scopes);
                } else {
                    assertFails(stage, ErrorReason.PERMISSION_DENIED);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void anOperatorsVerifyTokenCannotManage(Operation operation) {
        User operator = jeton.users.get(jeton.operator, jeton.operator.userId());
        PresentedToken verifier =
                presented(issued(operator, Scopes.of(Scope.VERIFY)).secret());

        CompletionStage<Caller> stage = jeton.verification.authenticate(verifier, operation);

        if (VERIFICATIONS.contains(operation)) {
            assertThat(get(stage).role()).isEqualTo(Role.OPERATOR);
        } else {
            assertFails(stage, ErrorReason.PERMISSION_DENIED);
        }
    }

    @Test
    void verificationNeedsItsScope() {
        PresentedToken manager =
                presented(issued(owner, Scopes.of(Scope.MANAGE)).secret());

        assertFails(jeton.verification.verify(manager, command(manager)), ErrorReason.PERMISSION_DENIED);
        assertFails(jeton.verification.verify(manager, command(null)), ErrorReason.PERMISSION_DENIED);
        assertFails(jeton.verification.verifyAll(manager, List.of(command(manager))), ErrorReason.PERMISSION_DENIED);
    }

    @Test
    void rejectsATokenThatWasNeverIssued() {
        TokenId id = issued(owner, ALL_RESERVED).view().token().id();

        assertUnauthenticated(presented(Tokens.secret(tenant.id(), Tokens.anId())));
        assertUnauthenticated(presented(Tokens.secret(Tenants.anId(), id)));
        assertUnauthenticated(presented(Tokens.secret(TenantId.SYSTEM, jeton.operator.tokenId())));
        assertUnauthenticated(presented(Tokens.secret(tenant.id(), id)));
    }

    @Test
    void rejectsATokenThatIsDenied() {
        PresentedToken deleted = changed(id -> jeton.tokens.delete(jeton.operator, id, null));
        PresentedToken cancelled =
                changed(id -> jeton.tokens.cancel(jeton.operator, new CancelToken(id, new FreeText(""), null)));
        assertUnauthenticated(deleted);
        assertUnauthenticated(cancelled);

        PresentedToken credential = changed(id -> {});
        jeton.users.disable(jeton.operator, owner.id(), null);
        assertUnauthenticated(credential);
        jeton.users.enable(jeton.operator, owner.id(), null);
        jeton.tenants.suspend(jeton.operator, tenant.id(), null);
        assertUnauthenticated(credential);
        jeton.tenants.resume(jeton.operator, tenant.id(), null);
        assertThat(get(jeton.verification.verify(credential, command(credential))))
                .isNotNull();
    }

    @Test
    void rejectsAnExpiredToken() {
        TokenDraft draft = new TokenDraft(
                new TokenName("short"),
                new FreeText(""),
                new ExpirationChoice.After(Lifetime.ofDays(1)),
                Set.of(),
                ALL_RESERVED);
        PresentedToken credential = presented(jeton.token(owner, draft).secret());

        jeton.clock.advance(Duration.ofDays(1));

        assertUnauthenticated(credential);
    }

    @Test
    void anUnassignedTokenCanCallJeton() {
        User member = jeton.member(jeton.tenant(Policies.with(new WorkloadRule(1, true, false))));
        IssuedToken unassigned = issued(member, ALL_RESERVED);

        assertThat(get(jeton.verification.authenticate(presented(unassigned.secret()), Operation.GET_PROFILE))
                        .userId())
                .isEqualTo(member.id());
        assertThat(get(jeton.verification.verify(jeton.credential, command(presented(unassigned.secret())))))
                .isInstanceOfSatisfying(Verification.Denied.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.UNASSIGNED));
    }

    @Test
    void rejectsTokensOfDeletedUsersAndTenants() {
        PresentedToken users = changed(id -> jeton.users.delete(jeton.operator, owner.id(), null));
        assertUnauthenticated(users);

        Tenant gone = jeton.tenant();
        PresentedToken tenants =
                presented(issued(jeton.member(gone), ALL_RESERVED).secret());
        jeton.tenants.delete(jeton.operator, gone.id(), true, null);
        assertUnauthenticated(tenants);
    }

    @Test
    void allRejectedCallersGetTheSameMessage() {
        PresentedToken unscoped = presented(issued(owner, Scopes.NONE).secret());
        jeton.users.disable(jeton.operator, owner.id(), null);
        Set<String> messages = new HashSet<>();

        for (PresentedToken credential : List.of(unscoped, presented(Tokens.secret(tenant.id(), Tokens.anId())))) {
            for (Operation operation : Operation.values()) {
                JetonException refused = assertFails(
                        jeton.verification.authenticate(credential, operation), ErrorReason.UNAUTHENTICATED);
                messages.add(refused.getMessage() + refused.metadata());
            }
        }

        assertThat(messages).hasSize(1);
    }

    @Test
    void aStoreFailureIsNotADenial() {
        Unavailable trouble =
                new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "No answer.", new IllegalStateException("down"));
        VerificationUseCases verification = new VerificationUseCases(
                (tokens, workloads) -> CompletableFuture.failedStage(trouble),
                new SecretHasher(),
                jeton.usage,
                jeton.staleDigests,
                jeton.calls);
        PresentedToken credential = jeton.credential;

        for (PresentedToken secret : new PresentedToken[] {credential, null}) {
            assertFails(verification.verify(credential, command(secret)), ErrorReason.DATABASE_UNAVAILABLE);
            assertFails(verification.verifyAll(credential, List.of(command(secret))), ErrorReason.DATABASE_UNAVAILABLE);
        }
        assertFails(verification.authenticate(credential, Operation.GET_PROFILE), ErrorReason.DATABASE_UNAVAILABLE);
    }

    private void assertUnauthenticated(PresentedToken credential) {
        for (Operation operation : Operation.values()) {
            assertFails(jeton.verification.authenticate(credential, operation), ErrorReason.UNAUTHENTICATED);
        }
        assertFails(jeton.verification.verify(credential, command(null)), ErrorReason.UNAUTHENTICATED);
        assertFails(jeton.verification.verify(credential, command(jeton.credential)), ErrorReason.UNAUTHENTICATED);
        assertFails(
                jeton.verification.verifyAll(credential, List.of(command(jeton.credential))),
                ErrorReason.UNAUTHENTICATED);
    }

    private static JetonException assertFails(CompletionStage<?> stage, ErrorReason reason) {
        JetonException[] refused = new JetonException[1];
        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(JetonException.class, exception -> {
                    assertThat(exception.reason()).isEqualTo(reason);
                    refused[0] = exception;
                });
        return refused[0];
    }

    /** A token of the owner, after a change. */
    private PresentedToken changed(Consumer<TokenId> change) {
        IssuedToken issued = issued(owner, ALL_RESERVED);
        change.accept(issued.view().token().id());
        return presented(issued.secret());
    }

    private IssuedToken issued(User user, Scopes scopes) {
        return jeton.token(user, InMemoryJeton.draft("credential", scopes));
    }

    private static VerifyToken command(@Nullable PresentedToken secret) {
        return new VerifyToken(secret, null, null, Scopes.NONE);
    }
}
