package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Caller;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.DenialReason;
import dev.jeton.domain.verification.Verification;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Who can undo whose cancellation. */
class CancellationRankTest {
    private static final FreeText STOLEN = new FreeText("stolen");
    private static final FreeText LOST = new FreeText("lost");

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant();
    private final User grace = jeton.user(tenant, Role.TENANT_ADMIN, "grace@example.com");
    private final User ada = jeton.member(tenant);
    private final Caller admin = jeton.caller(grace);
    private final Caller member = jeton.caller(ada);
    private final IssuedToken issued = jeton.token(ada);

    @Test
    void aMemberCannotUndoAnAdministratorsCancellation() {
        Token cancelled = cancel(admin, STOLEN);
        assertThat(cancelled.cancellation())
                .isEqualTo(new Cancellation(
                        jeton.clock.instant().truncatedTo(ChronoUnit.MICROS),
                        grace.id(),
                        Role.TENANT_ADMIN,
                        STOLEN,
                        false));

        assertRefused(ErrorReason.CANCELLED_BY_HIGHER_ROLE, () -> reactivate(member));
        assertThat(jeton.verify(issued.secret()))
                .isInstanceOfSatisfying(Verification.Denied.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.CANCELLED));

        assertThat(reactivate(admin)).isEqualTo(TokenStatus.ACTIVE);
        assertThat(jeton.verify(issued.secret())).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void aMemberUndoesItsOwnCancellation() {
        cancel(member, LOST);
        assertThat(reactivate(member)).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void anAdministratorsRepeatRaisesAMembersCancellation() {
        cancel(member, LOST);
        jeton.clock.advance(Duration.ofMinutes(1));
        Token raised = cancel(admin, STOLEN);
        assertThat(raised.cancellation())
                .isEqualTo(new Cancellation(
                        jeton.clock.instant().truncatedTo(ChronoUnit.MICROS),
                        grace.id(),
                        Role.TENANT_ADMIN,
                        STOLEN,
                        false));

        assertThat(cancel(member, LOST)).isEqualTo(raised);
        assertRefused(ErrorReason.CANCELLED_BY_HIGHER_ROLE, () -> reactivate(member));
        assertThat(reactivate(jeton.operator)).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void theRoleAtThatTimeCounts() {
        cancel(admin, STOLEN);
        setRole(grace, Role.MEMBER);
        setRole(ada, Role.TENANT_ADMIN);

        assertThat(reactivate(jeton.caller(ada))).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void actingAsAMemberCancelsWithItsRank() {
        Caller console =
                jeton.caller(grace, Scopes.of(Scope.MANAGE, Scope.ACT_AS)).actingAs(tenant.id(), ada.id(), Role.MEMBER);
        Token cancelled = cancel(console, LOST);

        assertThat(cancelled.cancellation())
                .extracting(Cancellation::userId, Cancellation::role)
                .containsExactly(ada.id(), Role.MEMBER);
        assertThat(reactivate(member)).isEqualTo(TokenStatus.ACTIVE);
    }

    private Token cancel(Caller caller, FreeText reason) {
        return jeton.tokens
                .cancel(caller, new CancelToken(issued.view().token().id(), reason, null))
                .token();
    }

    private TokenStatus reactivate(Caller caller) {
        return jeton.tokens.reactivate(caller, issued.view().token().id(), null).status();
    }

    private void setRole(User user, Role role) {
        jeton.users.update(jeton.operator, new UpdateUser(user.id(), null, null, role, null));
    }
}
