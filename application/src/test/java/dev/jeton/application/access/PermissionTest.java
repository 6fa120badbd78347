package dev.jeton.application.access;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.audit.AuditUseCases;
import dev.jeton.application.call.Calls;
import dev.jeton.application.call.SharedIssuance;
import dev.jeton.application.fixture.Permissions;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.tenant.TenantUseCases;
import dev.jeton.application.token.TokenUseCases;
import dev.jeton.application.user.UserUseCases;
import dev.jeton.application.workload.WorkloadUseCases;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every management method checks permission before it reads anything; the store here throws when used. */
class PermissionTest {
    private static final TenantId TENANT = TenantId.SYSTEM;
    private static final UserId USER = Users.anId();
    private static final WorkloadId WORKLOAD = Workloads.anId();
    private static final TokenId TOKEN = Tokens.anId();
    private static final PageRequest PAGE = PageRequest.first(1);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Calls UNTOUCHABLE = new Calls(new Untouchable(), RANDOM, Duration.ofHours(24));
    private static final Map<Operation, Consumer<Caller>> CALLS = new EnumMap<>(Operation.class);

    static {
        tenantCalls(new TenantUseCases(UNTOUCHABLE));
        userCalls(new UserUseCases(UNTOUCHABLE));
        workloadCalls(new WorkloadUseCases(UNTOUCHABLE));
        AuditTrail trail = new AuditUseCases(UNTOUCHABLE);
        CALLS.put(
                Operation.LIST_AUDIT_EVENTS, by -> trail.list(by, new ListAuditEvents(TENANT, AuditFilter.NONE, PAGE)));
        tokenCalls(new TokenUseCases(
                UNTOUCHABLE, new SharedIssuance(new UntouchableIssuance(), RANDOM), RANDOM, new SecretHasher()));
    }

    static Set<Operation> managementOperations() {
        return EnumSet.complementOf(EnumSet.of(Operation.VERIFY_TOKEN, Operation.BATCH_VERIFY_TOKENS));
    }

    @Test
    void everyManagementOperationIsTested() {
        assertThat(CALLS.keySet()).isEqualTo(managementOperations());
    }

    /** Proves that the calls are valid: with permission, they reach the store. */
    @ParameterizedTest
    @MethodSource("managementOperations")
    void onlyTheCredentialDecides(Operation operation) {
        Consumer<Caller> call = Objects.requireNonNull(CALLS.get(operation));
        for (Role role : Role.values()) {
            for (Scopes scopes : Permissions.SAMPLES) {
                Caller caller = new Caller(TENANT, USER, role, scopes, TOKEN, USER, null);
                if (Permissions.allows(operation, role, scopes)) {
                    assertThatThrownBy(() -> call.accept(caller)).isInstanceOf(StoreTouched.class);
                } else {
                    assertRefused(ErrorReason.PERMISSION_DENIED, () -> call.accept(caller));
                }
            }
        }
    }

    @Test
    void permissionIsCheckedBeforeValues() {
        Caller member = new Caller(TENANT, USER, Role.MEMBER, Scopes.of(Scope.MANAGE), TOKEN, USER, null);
        UserUseCases users = new UserUseCases(UNTOUCHABLE);
        CreateUser operatorElsewhere = new CreateUser(
                Tenants.anId(), new Email("ada@example.com"), new PersonName("Ada"), Role.OPERATOR, null);

        assertRefused(ErrorReason.PERMISSION_DENIED, () -> users.create(member, operatorElsewhere));
    }

    private static void tenantCalls(TenantAdministration tenants) {
        TenantName name = new TenantName("Acme AI");
        CALLS.put(Operation.CREATE_TENANT, by -> tenants.create(by, new CreateTenant(name, TokenPolicy.DEFAULT, null)));
        CALLS.put(Operation.GET_TENANT, by -> tenants.get(by, TENANT));
        CALLS.put(Operation.LIST_TENANTS, by -> tenants.list(by, PAGE));
        CALLS.put(
                Operation.UPDATE_TENANT,
                by -> tenants.update(by, new UpdateTenant(TENANT, name, PolicyChange.NONE, null)));
        CALLS.put(Operation.SUSPEND_TENANT, by -> tenants.suspend(by, TENANT, null));
        CALLS.put(Operation.RESUME_TENANT, by -> tenants.resume(by, TENANT, null));
        CALLS.put(Operation.DELETE_TENANT, by -> tenants.delete(by, TENANT, true, null));
    }

    private static void userCalls(UserAdministration users) {
        Email email = new Email("ada@example.com");
        PersonName name = new PersonName("Ada");
        CALLS.put(
                Operation.CREATE_USER, by -> users.create(by, new CreateUser(TENANT, email, name, Role.MEMBER, null)));
        CALLS.put(Operation.GET_USER, by -> users.get(by, USER));
        CALLS.put(Operation.LIST_USERS, by -> users.list(by, TENANT, PAGE));
        CALLS.put(Operation.UPDATE_USER, by -> users.update(by, new UpdateUser(USER, email, null, null, null)));
        CALLS.put(Operation.DISABLE_USER, by -> users.disable(by, USER, null));
        CALLS.put(Operation.ENABLE_USER, by -> users.enable(by, USER, null));
        CALLS.put(Operation.DELETE_USER, by -> users.delete(by, USER, null));
        CALLS.put(Operation.GET_PROFILE, users::profile);
    }

    private static void workloadCalls(WorkloadAdministration workloads) {
        WorkloadName name = new WorkloadName("llama");
        CALLS.put(
                Operation.CREATE_WORKLOAD,
                by -> workloads.create(by, new CreateWorkload(TENANT, name, WorkloadKind.MODEL, null)));
        CALLS.put(Operation.GET_WORKLOAD, by -> workloads.get(by, WORKLOAD));
        CALLS.put(Operation.LIST_WORKLOADS, by -> workloads.list(by, TENANT, null, PAGE));
        CALLS.put(
                Operation.UPDATE_WORKLOAD, by -> workloads.update(by, new UpdateWorkload(WORKLOAD, name, null, null)));
        CALLS.put(Operation.DISABLE_WORKLOAD, by -> workloads.disable(by, WORKLOAD, null));
        CALLS.put(Operation.ENABLE_WORKLOAD, by -> workloads.enable(by, WORKLOAD, null));
        CALLS.put(Operation.DELETE_WORKLOAD, by -> workloads.delete(by, WORKLOAD, null));
    }

    private static void tokenCalls(TokenAdministration tokens) {
        ExpirationChoice choice = ExpirationChoice.unspecified();
        TokenChange change = new TokenChange(null, new FreeText("changed"), choice, null);
        CALLS.put(
                Operation.CREATE_TOKEN,
                by -> tokens.create(by, new CreateToken(null, null, Tokens.draft("name"), null)));
        CALLS.put(Operation.GET_TOKEN, by -> tokens.get(by, TOKEN));
        CALLS.put(Operation.LIST_TOKENS, by -> tokens.list(by, new ListTokens(TENANT, TokenFilter.ALL, PAGE)));
        CALLS.put(Operation.UPDATE_TOKEN, by -> tokens.update(by, new UpdateToken(TOKEN, change, null)));
        CALLS.put(Operation.ASSIGN_TOKEN, by -> tokens.assign(by, new AssignToken(TOKEN, Set.of(), null)));
        CALLS.put(
                Operation.CANCEL_TOKEN, by -> tokens.cancel(by, new CancelToken(TOKEN, new FreeText("leaked"), null)));
        CALLS.put(Operation.REACTIVATE_TOKEN, by -> tokens.reactivate(by, TOKEN, null));
        CALLS.put(Operation.RENEW_TOKEN, by -> tokens.renew(by, new RenewToken(TOKEN, choice, null)));
        CALLS.put(Operation.DELETE_TOKEN, by -> tokens.delete(by, TOKEN, null));
    }

    private static final class Untouchable implements Transactor {
        @Override
        public <T> T inTransaction(Function<Repositories, T> work) {
            throw new StoreTouched();
        }
    }

    private static final class UntouchableIssuance implements TokenIssuance {
        @Override
        public <T> Optional<T> issue(Needs needs, @Nullable FirstRequest request, Function<Terms, Issued<T>> decide) {
            throw new StoreTouched();
        }
    }

    private static final class StoreTouched extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
