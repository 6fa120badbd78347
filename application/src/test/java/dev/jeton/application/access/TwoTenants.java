package dev.jeton.application.access;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.tenant.UpdateTenant;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A home tenant, another tenant, and deleted resources of both. The home tenant has an admin and two members, one with a token; tokens can
 * have up to three workloads.
 */
final class TwoTenants {
    private static final TokenPolicy POLICY = Policies.boundTo(3);
    private static final PageRequest ALL = PageRequest.first(100);

    final InMemoryJeton jeton = new InMemoryJeton();
    final Tenant home;
    final User admin;
    final User member;
    final User colleague;
    final Workload workload;
    final Workload spare;

    /** Owned by the member. */
    final TokenId token;

    /** Owned by the member, then deleted. */
    final TokenId deletedToken;

    final TokenId colleaguesToken;
    final TokenId colleaguesDeletedToken;
    final Tenant foreign;
    final User stranger;
    final Workload foreignWorkload;

    /** Cancelled, so that its replies differ from those of other tokens. */
    final TokenId foreignToken;

    /** Uses a customer's tenant as home. */
    TwoTenants() {
        this(false);
    }

    TwoTenants(boolean atHomeInTheSystemTenant) {
        home = atHomeInTheSystemTenant
                ? jeton.tenants.update(
                        jeton.operator, new UpdateTenant(TenantId.SYSTEM, null, PolicyChange.to(POLICY), null))
                : jeton.tenant(POLICY);
        admin = jeton.user(home, Role.TENANT_ADMIN, "grace@example.com");
        member = jeton.member(home);
        colleague = jeton.member(home);
        workload = jeton.model(home);
        spare = jeton.model(home);
        token = token(member);
        deletedToken = deleted(token(member));
        colleaguesToken = token(colleague);
        colleaguesDeletedToken = deleted(token(colleague));
        foreign = jeton.tenant(POLICY);
        stranger = jeton.member(foreign);
        foreignWorkload = jeton.model(foreign);
        foreignToken = token(stranger);
        jeton.tokens.cancel(jeton.operator, new CancelToken(foreignToken, new FreeText("leaked"), null));
    }

    Caller caller(Role role) {
        return jeton.caller(role == Role.MEMBER ? member : admin);
    }

    /** Returns an id that callers of the home tenant may use. */
    UUID own(IdProbe.Kind kind) {
        return switch (kind) {
            case TENANT -> home.id().value();
            case USER -> member.id().value();
            case WORKLOAD -> workload.id().value();
            case TOKEN -> token.value();
        };
    }

    /** Returns ids that a caller with this role cannot see, by the reason. */
    Map<String, UUID> hidden(IdProbe probe, Role role) {
        Map<String, UUID> ids = new LinkedHashMap<>();
        switch (probe.kind()) {
            case TENANT -> {
                ids.put("random", Tenants.anId().value());
                ids.put("foreign", foreign.id().value());
                ids.put("deleted", deletedTenant().id().value());
            }
            case USER -> {
                ids.put("random", Users.anId().value());
                ids.put("foreign", stranger.id().value());
                ids.put("deleted", deletedUser(home).id().value());
                ids.put("foreign, deleted", deletedUser(foreign).id().value());
                if (role == Role.MEMBER) {
                    ids.put("a colleague's", colleague.id().value());
                }
            }
            case WORKLOAD -> {
                ids.put("random", Workloads.anId().value());
                ids.put("foreign", foreignWorkload.id().value());
                ids.put("deleted", deletedWorkload(home).id().value());
                ids.put("foreign, deleted", deletedWorkload(foreign).id().value());
            }
            case TOKEN -> {
                ids.put("random", Tokens.anId().value());
                ids.put("foreign", foreignToken.value());
                ids.put("foreign, deleted", deleted(token(stranger)).value());
                if (probe.operation() != Operation.DELETE_TOKEN) {
                    ids.put("deleted", deletedToken.value());
                }
                if (role == Role.MEMBER) {
                    ids.put("a colleague's", colleaguesToken.value());
                    ids.put("a colleague's, deleted", colleaguesDeletedToken.value());
                }
            }
        }
        return ids;
    }

    /** Returns all resources, as the operator sees them. */
    List<Object> snapshot() {
        List<Object> all = new ArrayList<>();
        for (Tenant tenant : jeton.tenants.list(jeton.operator, ALL).items()) {
            all.add(tenant);
            all.add(jeton.users.list(jeton.operator, tenant.id(), ALL));
            all.add(jeton.workloads.list(jeton.operator, tenant.id(), null, ALL));
            all.add(jeton.tokens.list(jeton.operator, new ListTokens(tenant.id(), TokenFilter.ALL, ALL)));
        }
        return all;
    }

    private TokenId token(User owner) {
        return jeton.token(owner).view().token().id();
    }

    private TokenId deleted(TokenId id) {
        jeton.tokens.delete(jeton.operator, id, null);
        return id;
    }

    private Tenant deletedTenant() {
        Tenant tenant = jeton.tenant();
        jeton.tenants.delete(jeton.operator, tenant.id(), true, null);
        return tenant;
    }

    private User deletedUser(Tenant tenant) {
        User user = jeton.member(tenant);
        jeton.users.delete(jeton.operator, user.id(), null);
        return user;
    }

    private Workload deletedWorkload(Tenant tenant) {
        Workload gone = jeton.model(tenant);
        jeton.workloads.delete(jeton.operator, gone.id(), null);
        return gone;
    }
}
