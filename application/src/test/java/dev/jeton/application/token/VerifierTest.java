package dev.jeton.application.token;

import static dev.jeton.application.fixture.InMemoryJeton.get;
import static dev.jeton.application.fixture.InMemoryJeton.presented;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What VerifyToken reveals to callers, and which reads it makes. */
class VerifierTest {
    private static final Verification NOT_FOUND = Verification.Unknown.NOT_FOUND;
    private static final Verification MALFORMED = Verification.Unknown.MALFORMED;

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant();
    private final User owner = jeton.member(tenant);
    private final RecordingLookup lookup = new RecordingLookup(jeton.persistence.tokenLookup());
    private final VerificationUseCases verification =
            new VerificationUseCases(lookup, new SecretHasher(), jeton.usage, jeton.staleDigests, jeton.calls);

    @Test
    void aTenantsCallerSeesOnlyItsOwnTenantsTokens() {
        PresentedToken caller = verifier(owner);
        IssuedToken own = jeton.token(jeton.member(tenant));
        Tenant other = jeton.tenant();
        IssuedToken foreign = jeton.token(jeton.member(other));

        assertThat(verify(caller, own, null)).isInstanceOf(Verification.Allowed.class);
        assertThat(verify(caller, own, tenant.id())).isInstanceOf(Verification.Allowed.class);
        assertThat(verify(caller, own, other.id())).isEqualTo(NOT_FOUND);
        assertThat(verify(caller, foreign, null)).isEqualTo(NOT_FOUND);
        assertThat(verify(caller, foreign, other.id())).isEqualTo(NOT_FOUND);
        assertThat(verify(caller, foreign, tenant.id())).isEqualTo(NOT_FOUND);
    }

    @Test
    void aForeignTokensDenialReasonIsHidden() {
        PresentedToken caller = verifier(owner);
        Tenant other = jeton.tenant();
        IssuedToken foreign = jeton.token(jeton.member(other));
        jeton.tenants.suspend(jeton.operator, other.id(), null);

        assertThat(verify(caller, foreign, null)).isEqualTo(NOT_FOUND);
        assertThat(verify(caller, foreign, other.id())).isEqualTo(NOT_FOUND);
    }

    @Test
    void everyCallerOfTheSystemTenantSeesAllTokens() {
        User member = jeton.users
                .create(
                        jeton.operator,
                        new CreateUser(
                                null, new Email("gateway@example.com"), new PersonName("Gateway"), Role.MEMBER, null))
                .resource();
        PresentedToken caller = verifier(member);
        IssuedToken token = jeton.token(owner);

        assertThat(verify(caller, token, null)).isInstanceOf(Verification.Allowed.class);
        assertThat(verify(caller, token, tenant.id())).isInstanceOf(Verification.Allowed.class);
        assertThat(verify(caller, token, TenantId.SYSTEM)).isEqualTo(NOT_FOUND);
    }

    @Test
    void aMalformedSecretCausesNoRead() {
        Workload workload = jeton.model(tenant);

        Verification result = get(
                verification.verify(jeton.credential, new VerifyToken(null, tenant.id(), workload.id(), Scopes.NONE)));

        assertThat(result).isEqualTo(MALFORMED);
        assertThat(lookup.tokens).containsExactly(Set.of(key(jeton.credential)));
        assertThat(lookup.workloads).containsExactly(Set.of());
    }

    @Test
    void callerAndTokensAreReadAtOneInstant() {
        Workload workload = jeton.model(tenant);
        PresentedToken first = presented(jeton.token(owner).secret());
        PresentedToken second = presented(jeton.token(owner).secret());

        get(verification.verifyAll(
                jeton.credential,
                List.of(
                        new VerifyToken(first, null, workload.id(), Scopes.NONE),
                        new VerifyToken(null, null, workload.id(), Scopes.NONE),
                        new VerifyToken(second, null, null, Scopes.NONE),
                        new VerifyToken(first, null, null, Scopes.NONE))));

        assertThat(lookup.tokens).containsExactly(Set.of(key(jeton.credential), key(first), key(second)));
        assertThat(lookup.workloads).containsExactly(Set.of(new WorkloadKey(tenant.id(), workload.id())));
    }

    @Test
    void batchResultsKeepTheOrder() {
        List<VerifyToken> commands = new ArrayList<>();
        List<Verification> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            IssuedToken issued = jeton.token(owner);
            commands.add(command(presented(issued.secret())));
            expected.add(get(verification.verify(jeton.credential, command(presented(issued.secret())))));
            commands.add(command(null));
            expected.add(MALFORMED);
            commands.add(command(presented(Tokens.secret(tenant.id(), Tokens.anId()))));
            expected.add(NOT_FOUND);
            commands.add(command(jeton.credential));
            expected.add(get(verification.verify(jeton.credential, command(jeton.credential))));
        }

        assertThat(get(verification.verifyAll(jeton.credential, commands))).isEqualTo(expected);
        assertThat(expected).element(0).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void eachElementOfABatchIsCheckedForTheCallersTenant() {
        PresentedToken caller = verifier(owner);
        PresentedToken own = presented(jeton.token(owner).secret());
        PresentedToken foreign =
                presented(jeton.token(jeton.member(jeton.tenant())).secret());

        assertThat(get(verification.verifyAll(caller, List.of(command(foreign), command(own), command(caller)))))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(NOT_FOUND),
                        second -> assertThat(second).isInstanceOf(Verification.Allowed.class),
                        third -> assertThat(third).isInstanceOf(Verification.Allowed.class));
    }

    private Verification verify(PresentedToken caller, IssuedToken issued, @Nullable TenantId asked) {
        return get(verification.verify(caller, new VerifyToken(presented(issued.secret()), asked, null, Scopes.NONE)));
    }

    /** A token of this user with {@code jeton:verify}. */
    private PresentedToken verifier(User user) {
        TokenDraft draft = new TokenDraft(
                new TokenName("gateway"),
                new FreeText(""),
                ExpirationChoice.unspecified(),
                Set.of(),
                Scopes.of(Scope.VERIFY));
        return presented(jeton.token(user, draft).secret());
    }

    private static VerifyToken command(@Nullable PresentedToken secret) {
        return new VerifyToken(secret, null, null, Scopes.NONE);
    }

    private static TokenKey key(PresentedToken secret) {
        return new TokenKey(secret.tenantId(), secret.tokenId());
    }
}
