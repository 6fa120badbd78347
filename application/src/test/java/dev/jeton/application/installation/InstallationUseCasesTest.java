package dev.jeton.application.installation;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Calls;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.Profile;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import dev.jeton.application.token.StaleDigests;
import dev.jeton.application.token.UsageBuffer;
import dev.jeton.application.token.VerificationUseCases;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.MutableClock;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InstallationUseCasesTest {
    private static final Scopes ALL_RESERVED = Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS);

    private final MutableClock clock = new MutableClock();
    private final InMemoryPersistence persistence = new InMemoryPersistence(clock);
    private final SecureRandom random = new SecureRandom();
    private final Calls calls = new Calls(persistence.transactor(), random, Duration.ofHours(24));
    private final InstallationUseCases installation = new InstallationUseCases(calls, random, new SecretHasher());

    @Test
    void createsTheSystemTenantWithAnOperatorOnce() {
        List<TokenSecret> kept = new ArrayList<>();

        assertThat(installation.installOnce(kept::add)).isTrue();
        assertThat(installation.installOnce(kept::add)).isFalse();

        assertThat(kept).hasSize(1);
        Caller operator = callerOf(kept.get(0));
        assertThat(operator.tenantId()).isEqualTo(TenantId.SYSTEM);
        assertThat(operator.role()).isEqualTo(Role.OPERATOR);
        assertThat(operator.scopes()).isEqualTo(ALL_RESERVED);
        clock.advance(Duration.ofDays(36_500));
        assertThat(callerOf(kept.get(0)))
                .usingRecursiveComparison()
                .ignoringFields("callId")
                .isEqualTo(operator);
    }

    @Test
    void storesNothingBeforeTheSecretIsSaved() {
        installation.installOnce(secret -> assertThat(isInstalled()).isFalse());

        assertThat(isInstalled()).isTrue();
    }

    @Test
    void storesNothingIfTheSecretCannotBeSaved() {
        assertThatThrownBy(() -> installation.installOnce(secret -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(isInstalled()).isFalse();

        assertThat(installation.installOnce(secret -> {})).isTrue();
    }

    @Test
    void exactlyOneOfManyReplicasInstalls() {
        AtomicInteger installed = new AtomicInteger();
        List<TokenSecret> winners = new CopyOnWriteArrayList<>();

        Outcomes.of(20, number -> {
            List<TokenSecret> kept = new ArrayList<>();
            if (installation.installOnce(kept::add)) {
                installed.incrementAndGet();
                winners.addAll(kept);
            }
        });

        assertThat(installed).hasValue(1);
        assertThat(winners).hasSize(1);
        assertThat(callerOf(winners.get(0)).role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void issuesMoreOperatorTokens() {
        InMemoryJeton jeton = new InMemoryJeton();

        TokenSecret secret = jeton.installation.newOperatorToken();

        Caller caller = InMemoryJeton.get(
                jeton.verification.authenticate(InMemoryJeton.presented(secret), Operation.CREATE_TENANT));
        assertThat(caller.userId()).isEqualTo(jeton.operator.userId());
        assertThat(caller.tokenId()).isNotEqualTo(jeton.operator.tokenId());
        assertThat(caller.scopes()).isEqualTo(ALL_RESERVED);
        assertThat(InMemoryJeton.get(jeton.verification.authenticate(jeton.credential, Operation.CREATE_TENANT)))
                .usingRecursiveComparison()
                .ignoringFields("callId")
                .isEqualTo(jeton.operator);
    }

    @Test
    void theSystemTenantsPolicyCannotLockOperatorsOut() {
        InMemoryJeton jeton = new InMemoryJeton();
        TokenPolicy strict = new TokenPolicy(
                new NameRule(1, Set.of(), NameUniqueness.PER_TENANT),
                new ExpiryRule(Lifetime.ofDays(1), List.of(), null, true, true),
                new WorkloadRule(1, true, true),
                Scopes.of(new Scope("inference")),
                Scopes.NONE,
                1);
        jeton.tenants.update(jeton.operator, new UpdateTenant(TenantId.SYSTEM, null, PolicyChange.to(strict), null));

        TokenSecret secret = jeton.installation.newOperatorToken();

        Caller caller = InMemoryJeton.get(
                jeton.verification.authenticate(InMemoryJeton.presented(secret), Operation.UPDATE_TENANT));
        assertThat(caller.role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void theTokenBelongsToAnActiveOperator() {
        InMemoryJeton jeton = new InMemoryJeton();
        User second = jeton.users
                .create(
                        jeton.operator,
                        new CreateUser(
                                null, new Email("olga@example.com"), new PersonName("Olga"), Role.OPERATOR, null))
                .resource();
        jeton.users.disable(jeton.operator, jeton.operator.userId(), null);

        TokenSecret secret = jeton.installation.newOperatorToken();

        Caller caller = InMemoryJeton.get(
                jeton.verification.authenticate(InMemoryJeton.presented(secret), Operation.GET_PROFILE));
        assertThat(jeton.users.profile(caller)).extracting(Profile::user).isEqualTo(second);
    }

    @Test
    void revokesWhatOtherOperatorTokensMayDo() {
        InMemoryJeton jeton = new InMemoryJeton();
        User operator = jeton.users.get(jeton.operator, jeton.operator.userId());
        User member = jeton.user(jeton.tenants.get(jeton.operator, TenantId.SYSTEM), Role.MEMBER, "mia@example.com");
        IssuedToken gateway = jeton.token(operator, InMemoryJeton.draft("gateway", Scopes.of(Scope.VERIFY)));
        IssuedToken membersOwn = jeton.token(member, InMemoryJeton.draft("own", Scopes.of(Scope.MANAGE)));
        TokenSecret secret = jeton.installation.newOperatorToken();

        assertThat(jeton.installation.revokeOtherOperatorTokens(secret.tokenId()))
                .isEqualTo(1);

        Caller caller = InMemoryJeton.get(
                jeton.verification.authenticate(InMemoryJeton.presented(secret), Operation.GET_TOKEN));
        assertThat(jeton.tokens.get(caller, jeton.operator.tokenId()).status()).isEqualTo(TokenStatus.CANCELLED);
        for (IssuedToken kept : List.of(gateway, membersOwn)) {
            assertThat(jeton.tokens.get(caller, kept.view().token().id()).status())
                    .isEqualTo(TokenStatus.ACTIVE);
        }
        assertThat(jeton.events(TenantId.SYSTEM).get(0).action()).isEqualTo("RevokeOperatorTokens");
        assertThat(jeton.installation.revokeOtherOperatorTokens(secret.tokenId()))
                .isZero();
    }

    @Test
    void failsBeforeTheInstallation() {
        assertRefused(ErrorReason.USER_NOT_FOUND, installation::newOperatorToken);
    }

    private boolean isInstalled() {
        Boolean installed = persistence
                .transactor()
                .inTransaction(repositories ->
                        repositories.tenants().find(TenantId.SYSTEM).isPresent());
        return installed;
    }

    private Caller callerOf(TokenSecret secret) {
        VerificationUseCases verification = new VerificationUseCases(
                persistence.tokenLookup(), new SecretHasher(), new UsageBuffer(0), new StaleDigests(), calls);
        return InMemoryJeton.get(verification.authenticate(InMemoryJeton.presented(secret), Operation.GET_PROFILE));
    }
}
