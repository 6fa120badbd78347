package dev.jeton.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserTest {
    private static final Instant NOW = Instant.parse("2026-03-06T10:15:30.000001Z");
    private static final Email EMAIL = new Email("ada@example.com");
    private static final PersonName NAME = new PersonName("Ada Lovelace");

    private final User member = Users.member(Tenants.anId());

    @ParameterizedTest
    @EnumSource
    void canHaveAnyRoleInTheSystemTenant(Role role) {
        User user = create(TenantId.SYSTEM, role);
        assertThat(user.role()).isEqualTo(role);
        assertThat(user.state()).isEqualTo(UserState.ACTIVE);
        assertThat(user.revision().version()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void canBeOperatorOnlyInTheSystemTenant(Role role) {
        List<String> expected = role == Role.OPERATOR ? List.of("role ROLE_NOT_ALLOWED") : List.of();
        assertThat(Refusal.of(() -> create(Tenants.anId(), role))).isEqualTo(expected);
    }

    @Test
    void cannotBecomeOperatorOutsideTheSystemTenant() {
        assertThat(Refusal.of(() -> member.update(null, null, Role.OPERATOR, NOW)))
                .containsExactly("role ROLE_NOT_ALLOWED");
    }

    @Test
    void updatesGivenFieldsAndKeepsTheRest() {
        assertThat(member.update(EMAIL, null, null, NOW))
                .isEqualTo(new User(
                        member.tenantId(),
                        member.id(),
                        EMAIL,
                        member.displayName(),
                        member.role(),
                        member.state(),
                        member.revision().next(NOW)));
        assertThat(member.update(null, NAME, null, NOW).displayName()).isEqualTo(NAME);
        assertThat(member.update(null, NAME, null, NOW).email()).isEqualTo(member.email());
        assertThat(member.update(null, null, Role.TENANT_ADMIN, NOW).role()).isEqualTo(Role.TENANT_ADMIN);
        assertThat(member.disable(NOW).update(null, NAME, null, NOW).state()).isEqualTo(UserState.DISABLED);
    }

    @Test
    void keepsANewSpellingOfTheEmail() {
        User lower = Users.withEmail(Tenants.anId(), "ada@example.com");
        User upper = lower.update(new Email("Ada@Example.com"), null, null, NOW);
        assertThat(upper.email().value()).isEqualTo("Ada@Example.com");
        assertThat(upper.revision().version()).isEqualTo(2);
    }

    @Test
    void isDisabledAndEnabled() {
        User disabled = member.disable(NOW);
        assertThat(disabled.state()).isEqualTo(UserState.DISABLED);
        assertThat(disabled.revision()).isEqualTo(member.revision().next(NOW));
        assertThat(disabled.enable(NOW).state()).isEqualTo(UserState.ACTIVE);
    }

    @Test
    void returnsTheSameInstanceWhenNothingChanges() {
        User disabled = member.disable(NOW);
        assertThat(disabled.disable(NOW)).isSameAs(disabled);
        assertThat(member.enable(NOW)).isSameAs(member);
        assertThat(member.update(null, null, null, NOW)).isSameAs(member);
        assertThat(member.update(member.email(), member.displayName(), member.role(), NOW))
                .isSameAs(member);
    }

    @Test
    void recognizesActiveOperators() {
        User operator = Users.operator();
        assertThat(operator.isActiveOperator()).isTrue();
        assertThat(operator.disable(NOW).isActiveOperator()).isFalse();
        assertThat(operator.update(null, null, Role.TENANT_ADMIN, NOW).isActiveOperator())
                .isFalse();
        assertThat(Users.admin(Tenants.anId()).isActiveOperator()).isFalse();
    }

    @Test
    void ordersRolesFromLeastToMost() {
        assertThat(Role.values()).containsExactly(Role.MEMBER, Role.TENANT_ADMIN, Role.OPERATOR);
    }

    private static User create(TenantId tenantId, Role role) {
        return User.create(tenantId, Users.anId(), EMAIL, NAME, role, NOW);
    }
}
