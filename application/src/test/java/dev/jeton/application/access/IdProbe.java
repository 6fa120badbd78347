package dev.jeton.application.access;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.inbound.workload.UpdateWorkload;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One id parameter of one operation, with a call that is valid apart from that id. */
record IdProbe(Operation operation, Kind kind, String place, Call call) {
    private static final PageRequest PAGE = PageRequest.first(10);
    private static final Email EMAIL = new Email("new@example.com");
    private static final PersonName PERSON = new PersonName("New");
    private static final WorkloadName WORKLOAD = new WorkloadName("new");
    private static final FreeText TEXT = new FreeText("new");

    /** The kinds of resource that an id can name. */
    enum Kind {
        TENANT(ErrorReason.TENANT_NOT_FOUND),
        USER(ErrorReason.USER_NOT_FOUND),
        WORKLOAD(ErrorReason.WORKLOAD_NOT_FOUND),
        TOKEN(ErrorReason.TOKEN_NOT_FOUND);

        final ErrorReason missing;

        Kind(ErrorReason missing) {
            this.missing = missing;
        }
    }

    interface Call {
        /** @param etag used by the operations that take one */
        void with(TwoTenants world, Caller caller, UUID id, @Nullable Etag etag);
    }

    @Override
    public String toString() {
        return operation + " " + place;
    }

    static List<IdProbe> all() {
        return Stream.of(tenants(), users(), workloads(), tokens())
                .flatMap(List::stream)
                .toList();
    }

    private static List<IdProbe> tenants() {
        return List.of(
                tenant(Operation.GET_TENANT, (jeton, by, id, etag) -> jeton.tenants.get(by, id)),
                tenant(
                        Operation.UPDATE_TENANT,
                        (jeton, by, id, etag) -> jeton.tenants.update(
                                by, new UpdateTenant(id, new TenantName("New"), PolicyChange.NONE, etag))),
                tenant(Operation.SUSPEND_TENANT, (jeton, by, id, etag) -> jeton.tenants.suspend(by, id, etag)),
                tenant(Operation.RESUME_TENANT, (jeton, by, id, etag) -> jeton.tenants.resume(by, id, etag)),
                tenant(Operation.DELETE_TENANT, (jeton, by, id, etag) -> jeton.tenants.delete(by, id, true, etag)),
                tenant(
                        Operation.CREATE_USER,
                        (jeton, by, id, etag) ->
                                jeton.users.create(by, new CreateUser(id, EMAIL, PERSON, Role.MEMBER, null))),
                tenant(Operation.LIST_USERS, (jeton, by, id, etag) -> jeton.users.list(by, id, PAGE)),
                tenant(
                        Operation.CREATE_WORKLOAD,
                        (jeton, by, id, etag) ->
                                jeton.workloads.create(by, new CreateWorkload(id, WORKLOAD, WorkloadKind.MODEL, null))),
                tenant(
                        Operation.LIST_AUDIT_EVENTS,
                        (jeton, by, id, etag) -> jeton.audit.list(by, new ListAuditEvents(id, AuditFilter.NONE, PAGE))),
                tenant(Operation.LIST_WORKLOADS, (jeton, by, id, etag) -> jeton.workloads.list(by, id, null, PAGE)),
                tenant(
                        Operation.CREATE_TOKEN,
                        (jeton, by, id, etag) -> jeton.tokens.create(by, new CreateToken(id, null, draft(), null))),
                tenant(
                        Operation.CREATE_TOKEN,
                        (jeton, by, id, etag) ->
                                jeton.tokens.create(by, new CreateToken(id, by.userId(), draft(), null))),
                tenant(
                        Operation.LIST_TOKENS,
                        (jeton, by, id, etag) -> jeton.tokens.list(by, new ListTokens(id, TokenFilter.ALL, PAGE))));
    }

    private static List<IdProbe> users() {
        return List.of(
                user(Operation.GET_USER, (world, by, id, etag) -> world.jeton.users.get(by, id)),
                user(
                        Operation.UPDATE_USER,
                        (world, by, id, etag) ->
                                world.jeton.users.update(by, new UpdateUser(id, EMAIL, null, null, etag))),
                user(Operation.DISABLE_USER, (world, by, id, etag) -> world.jeton.users.disable(by, id, etag)),
                user(Operation.ENABLE_USER, (world, by, id, etag) -> world.jeton.users.enable(by, id, etag)),
                user(Operation.DELETE_USER, (world, by, id, etag) -> world.jeton.users.delete(by, id, etag)),
                user(
                        Operation.CREATE_TOKEN,
                        (world, by, id, etag) ->
                                world.jeton.tokens.create(by, new CreateToken(null, id, draft(), null))),
                user(
                        Operation.CREATE_TOKEN,
                        (world, by, id, etag) ->
                                world.jeton.tokens.create(by, new CreateToken(world.home.id(), id, draft(), null))),
                user(Operation.LIST_TOKENS, (world, by, id, etag) -> list(world, by, null, id, null)),
                user(Operation.LIST_TOKENS, (world, by, id, etag) -> list(world, by, world.home.id(), id, null)));
    }

    private static List<IdProbe> workloads() {
        return List.of(
                workload(Operation.GET_WORKLOAD, (world, by, id, etag) -> world.jeton.workloads.get(by, id)),
                workload(
                        Operation.UPDATE_WORKLOAD,
                        (world, by, id, etag) ->
                                world.jeton.workloads.update(by, new UpdateWorkload(id, WORKLOAD, null, etag))),
                workload(
                        Operation.DISABLE_WORKLOAD,
                        (world, by, id, etag) -> world.jeton.workloads.disable(by, id, etag)),
                workload(
                        Operation.ENABLE_WORKLOAD, (world, by, id, etag) -> world.jeton.workloads.enable(by, id, etag)),
                workload(
                        Operation.DELETE_WORKLOAD, (world, by, id, etag) -> world.jeton.workloads.delete(by, id, etag)),
                workload(
                        Operation.CREATE_TOKEN,
                        (world, by, id, etag) ->
                                world.jeton.tokens.create(by, new CreateToken(null, null, draft(id), null))),
                workload(
                        Operation.CREATE_TOKEN,
                        (world, by, id, etag) -> world.jeton.tokens.create(
                                by, new CreateToken(null, null, draft(id, world.spare.id()), null))),
                workload(
                        Operation.ASSIGN_TOKEN,
                        (world, by, id, etag) ->
                                world.jeton.tokens.assign(by, new AssignToken(world.token, Set.of(id), null))),
                workload(Operation.LIST_TOKENS, (world, by, id, etag) -> list(world, by, null, null, id)),
                workload(Operation.LIST_TOKENS, (world, by, id, etag) -> list(world, by, world.home.id(), null, id)));
    }

    private static List<IdProbe> tokens() {
        TokenChange change = new TokenChange(new TokenName("new"), TEXT, ExpirationChoice.unspecified(), null);
        return List.of(
                token(Operation.GET_TOKEN, (world, by, id, etag) -> world.jeton.tokens.get(by, id)),
                token(
                        Operation.UPDATE_TOKEN,
                        (world, by, id, etag) -> world.jeton.tokens.update(by, new UpdateToken(id, change, etag))),
                token(
                        Operation.ASSIGN_TOKEN,
                        (world, by, id, etag) ->
                                world.jeton.tokens.assign(by, new AssignToken(id, Set.of(world.workload.id()), etag))),
                token(
                        Operation.CANCEL_TOKEN,
                        (world, by, id, etag) -> world.jeton.tokens.cancel(by, new CancelToken(id, TEXT, etag))),
                token(Operation.REACTIVATE_TOKEN, (world, by, id, etag) -> world.jeton.tokens.reactivate(by, id, etag)),
                token(
                        Operation.RENEW_TOKEN,
                        (world, by, id, etag) ->
                                world.jeton.tokens.renew(by, new RenewToken(id, new ExpirationChoice.Never(), etag))),
                token(Operation.DELETE_TOKEN, (world, by, id, etag) -> world.jeton.tokens.delete(by, id, etag)));
    }

    private static void list(
            TwoTenants world,
            Caller by,
            @Nullable TenantId tenantId,
            @Nullable UserId ownerId,
            @Nullable WorkloadId workloadId) {
        TokenFilter filter = new TokenFilter(ownerId, workloadId, false, null, "", null);
        world.jeton.tokens.list(by, new ListTokens(tenantId, filter, PAGE));
    }

    private static TokenDraft draft(WorkloadId... workloads) {
        return Tokens.draft("new", workloads);
    }

    private interface Typed<W, I> {
        void with(W world, Caller caller, I id, @Nullable Etag etag);
    }

    private static IdProbe tenant(Operation operation, Typed<InMemoryJeton, TenantId> call) {
        return new IdProbe(
                operation,
                Kind.TENANT,
                "tenant_id",
                (world, by, id, etag) -> call.with(world.jeton, by, new TenantId(id), etag));
    }

    private static IdProbe user(Operation operation, Typed<TwoTenants, UserId> call) {
        return new IdProbe(
                operation, Kind.USER, "user_id", (world, by, id, etag) -> call.with(world, by, new UserId(id), etag));
    }

    private static IdProbe workload(Operation operation, Typed<TwoTenants, WorkloadId> call) {
        return new IdProbe(
                operation,
                Kind.WORKLOAD,
                "workload_id",
                (world, by, id, etag) -> call.with(world, by, new WorkloadId(id), etag));
    }

    private static IdProbe token(Operation operation, Typed<TwoTenants, TokenId> call) {
        return new IdProbe(
                operation,
                Kind.TOKEN,
                "token_id",
                (world, by, id, etag) -> call.with(world, by, new TokenId(id), etag));
    }
}
