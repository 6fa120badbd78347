package dev.jeton.application.access;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessRulesTest {
    private static final Set<Operation> VERIFICATIONS = Set.of(Operation.VERIFY_TOKEN, Operation.BATCH_VERIFY_TOKENS);
    private static final List<Scopes> SCOPES = List.of(
            Scopes.NONE,
            Scopes.of(Scope.MANAGE),
            Scopes.of(Scope.VERIFY),
            Scopes.of(Scope.ACT_AS),
            Scopes.of(Scope.MANAGE, Scope.VERIFY),
            Scopes.of(Scope.MANAGE, Scope.VERIFY, Scope.ACT_AS),
            Scopes.of(new Scope("inference")));

    @ParameterizedTest
    @EnumSource(Operation.class)
    void scopeAndRoleDecideTogether(Operation operation) {
        for (Role role : Role.values()) {
            for (Scopes scopes : SCOPES) {
                Caller caller = caller(Tenants.anId(), role, scopes);
                if (isExpected(operation, role, scopes)) {
                    assertThatCode(() -> AccessRules.require(caller, operation)).doesNotThrowAnyException();
                } else {
                    assertRefused(ErrorReason.PERMISSION_DENIED, () -> AccessRules.require(caller, operation));
                }
            }
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

    private static boolean isExpected(Operation operation, Role role, Scopes scopes) {
        if (VERIFICATIONS.contains(operation)) {
            return scopes.contains(Scope.VERIFY);
        }
        return scopes.contains(Scope.MANAGE) && (role == Role.OPERATOR || operation == Operation.GET_PROFILE);
    }

    private static Caller caller(TenantId tenant, Role role, Scopes scopes) {
        return new Caller(tenant, Users.anId(), Tokens.anId(), role, scopes);
    }
}
