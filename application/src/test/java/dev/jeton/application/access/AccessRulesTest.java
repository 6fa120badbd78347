package dev.jeton.application.access;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jeton.application.fixture.Permissions;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessRulesTest {

    @Test
    void theTableHasEveryOperation() {
        assertThat(Permissions.operations()).isEqualTo(Set.of(Operation.values()));
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void scopeAndRoleDecideTogether(Operation operation) {
        for (Role role : Role.values()) {
            for (Scopes scopes : Permissions.SAMPLES) {
                assertAllowed(
                        Permissions.allows(operation, role, scopes),
                        () -> AccessRules.require(caller(Tenants.anId(), role, scopes), operation));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void allowsRanksUpToTheOwnRole(Role own) {
        for (Role role : Role.values()) {
            assertAllowed(
                    role.ordinal() <= own.ordinal(),
                    () -> AccessRules.requireRank(caller(TenantId.SYSTEM, own, Scopes.of(Scope.MANAGE)), role));
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void membersCannotGrantVerifyOrActAs(Role own) {
        Caller caller = caller(TenantId.SYSTEM, own, Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS));
        for (Scopes scopes : Permissions.SAMPLES) {
            boolean restricted = scopes.contains(Scope.VERIFY) || scopes.contains(Scope.ACT_AS);
            assertAllowed(own != Role.MEMBER || !restricted, () -> AccessRules.requireGrant(caller, scopes));
        }
    }

    @Test
    void onlyCallersOfTheSystemTenantMayVerifyTokensOfAnyTenant() {
        TenantId tenant = Tenants.anId();
        Scopes verify = Scopes.of(Scope.VERIFY);

        assertThat(AccessRules.verifiableTenant(caller(tenant, Role.TENANT_ADMIN, verify)))
                .isEqualTo(tenant);
        assertThat(AccessRules.verifiableTenant(caller(TenantId.SYSTEM, Role.MEMBER, verify)))
                .isNull();
    }

    private static void assertAllowed(boolean expected, ThrowingCallable call) {
        if (expected) {
            assertThatCode(call).doesNotThrowAnyException();
        } else {
            assertRefused(ErrorReason.PERMISSION_DENIED, call);
        }
    }

    private static Caller caller(TenantId tenant, Role role, Scopes scopes) {
        UserId user = Users.anId();
        return new Caller(tenant, user, role, scopes, Tokens.anId(), user, null);
    }
}
