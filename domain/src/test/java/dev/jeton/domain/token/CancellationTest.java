package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CancellationTest {
    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00.123456789Z");
    private static final Instant LATER = Instant.parse("2026-03-11T00:00:00Z");
    private static final FreeText LOST = new FreeText("laptop lost");
    private static final FreeText STOLEN = new FreeText("stolen");

    private final Token token = Tokens.of(Users.member(Tenants.anId()));
    private final UserId ada = Users.anId();
    private final UserId grace = Users.anId();

    @Test
    void recordsWhoWhenAndWhy() {
        Token cancelled = token.cancel(LOST, ada, Role.TENANT_ADMIN, NOW);
        assertThat(cancelled.cancellation())
                .isEqualTo(new Cancellation(
                        Instant.parse("2026-03-10T00:00:00.123456Z"), ada, Role.TENANT_ADMIN, LOST, false));
        assertThat(cancelled.statusAt(NOW)).isEqualTo(TokenStatus.CANCELLED);
        assertThat(cancelled.revision()).isEqualTo(token.revision().next(NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "MEMBER, MEMBER, true",
        "MEMBER, TENANT_ADMIN, true",
        "MEMBER, OPERATOR, true",
        "TENANT_ADMIN, MEMBER, false",
        "TENANT_ADMIN, TENANT_ADMIN, true",
        "TENANT_ADMIN, OPERATOR, true",
        "OPERATOR, MEMBER, false",
        "OPERATOR, TENANT_ADMIN, false",
        "OPERATOR, OPERATOR, true"
    })
    void isLiftedByTheSameRoleOrAHigherOne(Role canceller, Role reactivator, boolean lifted) {
        Token cancelled = token.cancel(LOST, ada, canceller, NOW);
        if (lifted) {
            Token reactivated = cancelled.reactivate(reactivator, LATER);
            assertThat(reactivated.cancellation()).isNull();
            assertThat(reactivated.statusAt(LATER)).isEqualTo(TokenStatus.ACTIVE);
            assertThat(reactivated.revision().version()).isEqualTo(3);
        } else {
            FailedPrecondition refused =
                    catchThrowableOfType(FailedPrecondition.class, () -> cancelled.reactivate(reactivator, LATER));
            assertThat(refused.reason()).isEqualTo(ErrorReason.CANCELLED_BY_HIGHER_ROLE);
            assertThat(refused).hasMessageContaining("role " + canceller);
            assertThat(refused.metadata())
                    .isEqualTo(Map.of("token_id", token.id().toString()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isLiftedByAnyRoleIfItHasNoRank(Role reactivator) {
        assertThat(withoutRank(false).reactivate(reactivator, LATER).cancellation())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        ", MEMBER, false",
        ", TENANT_ADMIN, true",
        "MEMBER, MEMBER, false",
        "MEMBER, TENANT_ADMIN, true",
        "TENANT_ADMIN, MEMBER, false",
        "TENANT_ADMIN, TENANT_ADMIN, false",
        "TENANT_ADMIN, OPERATOR, true",
        "OPERATOR, MEMBER, false",
        "OPERATOR, TENANT_ADMIN, false"
    })
    void isReplacedByThatOfAHigherRoleOnly(@Nullable Role first, Role second, boolean replaced) {
        Token cancelled = first == null ? withoutRank(false) : token.cancel(LOST, ada, first, NOW);
        Token again = cancelled.cancel(STOLEN, grace, second, LATER);
        if (replaced) {
            assertThat(again.cancellation()).isEqualTo(new Cancellation(LATER, grace, second, STOLEN, false));
            assertThat(again.revision()).isEqualTo(cancelled.revision().next(LATER));
        } else {
            assertThat(again).isSameAs(cancelled);
        }
    }

    @Test
    void staysMarkedAsLeakedWhenRaised() {
        Cancellation raised =
                withoutRank(true).cancel(STOLEN, grace, Role.OPERATOR, LATER).cancellation();
        assertThat(raised).isEqualTo(new Cancellation(LATER, grace, Role.OPERATOR, STOLEN, true));
    }

    /** As stored before Jeton recorded who cancels. */
    private Token withoutRank(boolean leaked) {
        return new TokenBuilder(token)
                .cancellation(new Cancellation(null, null, null, LOST, leaked))
                .revised(NOW);
    }
}
