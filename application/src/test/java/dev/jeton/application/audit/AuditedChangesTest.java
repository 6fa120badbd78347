package dev.jeton.application.audit;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Calls;
import dev.jeton.application.call.SharedIssuance;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.application.token.TokenUseCases;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.audit.ResourceType;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every change writes exactly one audit event; nothing else writes any. */
class AuditedChangesTest {
    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Caller operator = jeton.operator;
    private final Tenant tenant = jeton.tenant(Policies.boundTo(3));
    private final User owner = jeton.member(tenant);
    private final Workload workload = jeton.model(tenant);
    private final TokenId token = jeton.token(owner).view().token().id();

    /** Performs the operation; a second call changes nothing if the operation is idempotent. */
    private final Map<Operation, Runnable> changes = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    Operation.UPDATE_TENANT,
                    () -> jeton.tenants.update(
                            operator,
                            new UpdateTenant(tenant.id(), new TenantName("Renamed"), PolicyChange.NONE, null))),
            Map.entry(Operation.SUSPEND_TENANT, () -> jeton.tenants.suspend(operator, tenant.id(), null)),
            Map.entry(Operation.RESUME_TENANT, () -> jeton.tenants.resume(operator, tenant.id(), null)),
            Map.entry(Operation.DELETE_TENANT, () -> jeton.tenants.delete(operator, tenant.id(), true, null)),
            Map.entry(
                    Operation.CREATE_USER,
                    () -> jeton.users.create(
                            operator,
                            new CreateUser(
                                    tenant.id(),
                                    new Email("alan@example.com"),
                                    new PersonName("Alan"),
                                    Role.MEMBER,
                                    null))),
            Map.entry(
                    Operation.UPDATE_USER,
                    () -> jeton.users.update(
                            operator, new UpdateUser(owner.id(), null, null, Role.TENANT_ADMIN, null))),
            Map.entry(Operation.DISABLE_USER, () -> jeton.users.disable(operator, owner.id(), null)),
            Map.entry(Operation.ENABLE_USER, () -> jeton.users.enable(operator, owner.id(), null)),
            Map.entry(Operation.DELETE_USER, () -> jeton.users.delete(operator, owner.id(), null)),
            Map.entry(
                    Operation.CREATE_WORKLOAD,
                    () -> jeton.workloads.create(
                            operator,
                            new CreateWorkload(tenant.id(), new WorkloadName("other"), WorkloadKind.SERVICE, null))),
            Map.entry(
                    Operation.UPDATE_WORKLOAD,
                    () -> jeton.workloads.update(
                            operator, new UpdateWorkload(workload.id(), new WorkloadName("renamed"), null, null))),
            Map.entry(Operation.DISABLE_WORKLOAD, () -> jeton.workloads.disable(operator, workload.id(), null)),
            Map.entry(Operation.ENABLE_WORKLOAD, () -> jeton.workloads.enable(operator, workload.id(), null)),
            Map.entry(Operation.DELETE_WORKLOAD, () -> jeton.workloads.delete(operator, workload.id(), null)),
            Map.entry(
                    Operation.CREATE_TOKEN,
                    () -> jeton.tokens.create(
                            operator, new CreateToken(null, owner.id(), Tokens.draft("another"), null))),
            Map.entry(
                    Operation.UPDATE_TOKEN,
                    () -> jeton.tokens.update(
                            operator,
                            new UpdateToken(
                                    token,
                                    new TokenChange(
                                            new TokenName("renamed"), null, ExpirationChoice.unspecified(), null),
                                    null))),
            Map.entry(
                    Operation.ASSIGN_TOKEN,
                    () -> jeton.tokens.assign(operator, new AssignToken(token, Set.of(workload.id()), null))),
            Map.entry(
                    Operation.CANCEL_TOKEN,
                    () -> jeton.tokens.cancel(operator, new CancelToken(token, new FreeText("lost"), null))),
            Map.entry(Operation.REACTIVATE_TOKEN, () -> jeton.tokens.reactivate(operator, token, null)),
            Map.entry(
                    Operation.RENEW_TOKEN,
                    () -> jeton.tokens.renew(
                            operator,
                            new RenewToken(token, new ExpirationChoice.After(new Lifetime(Duration.ofDays(9))), null))),
            Map.entry(Operation.DELETE_TOKEN, () -> jeton.tokens.delete(operator, token, null))));

    @Test
    void everyChangingOperationIsTested() {
        Set<Operation> reading = EnumSet.of(
                Operation.GET_TENANT,
                Operation.LIST_TENANTS,
                Operation.GET_USER,
                Operation.LIST_USERS,
                Operation.GET_PROFILE,
                Operation.GET_WORKLOAD,
                Operation.LIST_WORKLOADS,
                Operation.GET_TOKEN,
                Operation.LIST_TOKENS,
                Operation.VERIFY_TOKEN,
                Operation.BATCH_VERIFY_TOKENS,
                Operation.LIST_AUDIT_EVENTS);
        // A new tenant's event is in its own trail: see aNewTenantStartsItsOwnTrail.
        Set<Operation> rest = EnumSet.complementOf(EnumSet.copyOf(reading));
        rest.remove(Operation.CREATE_TENANT);

        assertThat(changes.keySet()).isEqualTo(rest);
    }

    @Test
    void everyChangeHasOneEventAndARepetitionNone() {
        changes.forEach((operation, change) -> {
            AuditedChangesTest fresh = new AuditedChangesTest();
            fresh.prepare(operation);
            int before = fresh.events().size();

            Runnable again = fresh.changes.get(operation);
            again.run();

            List<AuditEvent> after = fresh.events();
            int more = alsoChangedBy(operation);
            assertThat(after).as(operation.rpcName()).hasSize(before + 1 + more);
            assertThat(after.subList(0, 1 + more)).allSatisfy(event -> {
                assertThat(event.action()).isEqualTo(operation.rpcName());
                assertThat(event.actorUserId()).isEqualTo(fresh.operator.userId());
                assertThat(event.actorTokenId()).isEqualTo(fresh.operator.tokenId());
                assertThat(event.actingUserId()).isNull();
                assertThat(event.callId()).isEqualTo(fresh.operator.callId());
                assertThat(event.changes()).isNotEmpty();
            });
            if (!operation.name().startsWith("CREATE") && !operation.name().startsWith("DELETE")) {
                again.run();
                assertThat(fresh.events()).as(operation.rpcName() + " again").hasSize(before + 1);
            }
        });
    }

    /** Returns the number of resources that are deleted with the one that the call names. */
    private static int alsoChangedBy(Operation operation) {
        return switch (operation) {
            case DELETE_USER -> 1;
            case DELETE_TENANT -> 3;
            default -> 0;
        };
    }

    @Test
    void aNewTenantStartsItsOwnTrail() {
        Tenant made = jeton.tenants
                .create(operator, new CreateTenant(new TenantName("New"), TokenPolicy.DEFAULT, null))
                .resource();

        AuditEvent event = only(made.id());

        assertThat(event.action()).isEqualTo("CreateTenant");
        assertThat(event.resourceType()).isEqualTo(ResourceType.TENANT);
        assertThat(event.resourceId()).isEqualTo(made.id().value());
        assertThat(event.changes()).contains(new FieldChange("display_name", null, "New"));
    }

    @Test
    void anUpdateRecordsOldAndNewValues() {
        jeton.tokens.cancel(operator, new CancelToken(token, new FreeText("laptop lost"), null));

        assertThat(events().get(0).changes())
                .containsExactly(
                        new FieldChange("cancellation.reason", null, "laptop lost"),
                        new FieldChange("cancellation.role", null, "OPERATOR"),
                        new FieldChange(
                                "cancellation.time",
                                null,
                                jeton.clock
                                        .instant()
                                        .truncatedTo(ChronoUnit.MICROS)
                                        .toString()),
                        new FieldChange(
                                "cancellation.user_id", null, operator.userId().toString()),
                        new FieldChange("cancelled", null, "true"));

        jeton.users.update(operator, new UpdateUser(owner.id(), null, null, Role.TENANT_ADMIN, null));

        assertThat(events().get(0).changes()).containsExactly(new FieldChange("role", "MEMBER", "TENANT_ADMIN"));
    }

    @Test
    void aPolicyIsRecordedFieldByField() {
        jeton.tenants.update(operator, new UpdateTenant(tenant.id(), null, PolicyChange.to(Policies.boundTo(1)), null));

        assertThat(events().get(0).changes())
                .containsExactly(new FieldChange("token_policy.workload_rule.max_workloads", "3", "1"));
    }

    @Test
    void whatADeletionTakesAlongHasEventsOfItsOwn() {
        TokenId assigned = jeton.token(owner, Tokens.draft("bound", workload.id()))
                .view()
                .token()
                .id();

        jeton.workloads.delete(operator, workload.id(), null);
        assertThat(newest(2))
                .extracting(AuditEvent::resourceId)
                .containsExactly(assigned.value(), workload.id().value());
        assertThat(newest(1).get(0).changes())
                .containsExactly(new FieldChange("workload_ids", workload.id().toString(), null));

        jeton.users.delete(operator, owner.id(), null);
        assertThat(newest(3))
                .extracting(AuditEvent::resourceId)
                .containsExactly(token.value(), assigned.value(), owner.id().value());
        assertThat(newest(1).get(0).changes())
                .contains(new FieldChange("user_id", owner.id().toString(), null));

        User other = jeton.member(tenant);
        TokenId others = jeton.token(other).view().token().id();
        Workload last = jeton.model(tenant);
        jeton.tenants.delete(operator, tenant.id(), true, null);
        assertThat(newest(4))
                .extracting(AuditEvent::resourceId)
                .containsExactly(
                        last.id().value(),
                        others.value(),
                        other.id().value(),
                        tenant.id().value());
        assertThat(newest(4)).extracting(AuditEvent::action).containsOnly("DeleteTenant");
    }

    @Test
    void aRejectedChangeLeavesNoEvent() {
        int before = events().size();

        assertRefused(
                ErrorReason.TOO_MANY_WORKLOADS,
                () -> jeton.tokens.assign(
                        operator,
                        new AssignToken(
                                token,
                                Set.of(
                                        workload.id(),
                                        jeton.model(tenant).id(),
                                        jeton.model(tenant).id(),
                                        jeton.model(tenant).id()),
                                null)));

        assertThat(events()).hasSize(before + 3);
        assertThat(events().get(0).action()).isEqualTo("CreateWorkload");
    }

    @Test
    void aReplayedCreateLeavesNoSecondEvent() {
        CreateToken command = new CreateToken(
                null, owner.id(), Tokens.draft("once"), new RequestKey(UUID.randomUUID(), "of this body"));
        jeton.tokens.create(operator, command);
        int before = events().size();

        jeton.tokens.create(operator, command);

        assertThat(events()).hasSize(before);
    }

    @Test
    void aChangeRollsBackIfItsEventCannotBeWritten() {
        TokenUseCases tokens = new TokenUseCases(
                new Calls(
                        new FailingAuditTransactor(jeton.persistence.transactor()),
                        new SecureRandom(),
                        Duration.ofHours(24)),
                new SharedIssuance(jeton.persistence.tokenIssuance(), new SecureRandom()),
                new SecureRandom(),
                new SecretHasher());

        assertThatThrownBy(() -> tokens.cancel(operator, new CancelToken(token, new FreeText(""), null)))
                .isInstanceOf(FailingAuditTransactor.AuditFailed.class);
        assertThatThrownBy(() -> tokens.delete(operator, token, null))
                .isInstanceOf(FailingAuditTransactor.AuditFailed.class);

        assertThat(jeton.tokens.get(operator, token).token().cancellation()).isNull();
    }

    @Test
    void noEventContainsASecretOrItsHash() {
        var issued = jeton.tokens.create(
                operator,
                new CreateToken(null, owner.id(), InMemoryJeton.draft("secret one", Scopes.of(Scope.MANAGE)), null));
        String secret = issued.secret().revealSecret();

        assertThat(events().get(0).changes()).extracting(FieldChange::field).doesNotContain("secret", "secret_hint");
        assertThat(events().toString()).doesNotContain(secret.substring(48, 80));
    }

    @Test
    void theInstallationIsRecorded() {
        assertThat(jeton.events(TenantId.SYSTEM))
                .filteredOn(event -> event.action().equals("Install"))
                .extracting(AuditEvent::resourceType)
                .containsExactlyInAnyOrder(ResourceType.TENANT, ResourceType.USER, ResourceType.TOKEN);
    }

    /** Some operations require an earlier one. */
    private void prepare(Operation operation) {
        switch (operation) {
            case RESUME_TENANT -> jeton.tenants.suspend(operator, tenant.id(), null);
            case ENABLE_USER -> jeton.users.disable(operator, owner.id(), null);
            case ENABLE_WORKLOAD -> jeton.workloads.disable(operator, workload.id(), null);
            case REACTIVATE_TOKEN -> jeton.tokens.cancel(operator, new CancelToken(token, new FreeText(""), null));
            case RENEW_TOKEN ->
                jeton.tokens.update(
                        operator,
                        new UpdateToken(
                                token,
                                new TokenChange(
                                        null, null, new ExpirationChoice.After(new Lifetime(Duration.ofDays(1))), null),
                                null));
            default -> {}
        }
    }

    private AuditEvent only(TenantId id) {
        assertThat(jeton.events(id)).hasSize(1);
        return jeton.events(id).get(0);
    }

    private List<AuditEvent> newest(int count) {
        return events().subList(0, count);
    }

    private List<AuditEvent> events() {
        return jeton.events(tenant.id());
    }
}
