package dev.jeton.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.fixture.Permissions;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources that a caller may not see look nonexistent in every operation, for customers' tenants and the system tenant. */
@Tag("G7")
class IsolationTest {
    private static final List<Role> CONFINED = List.of(Role.TENANT_ADMIN, Role.MEMBER);
    private static final Etag STALE = new Etag("7");
    private static final PageRequest PAGE = PageRequest.first(100);

    static List<IdProbe> probes() {
        return IdProbe.all();
    }

    @Test
    void everyOperationWithAnIdIsTested() {
        Set<Operation> tried = probes().stream().map(IdProbe::operation).collect(Collectors.toSet());

        assertThat(tried)
                .isEqualTo(EnumSet.complementOf(EnumSet.of(
                        Operation.CREATE_TENANT,
                        Operation.LIST_TENANTS,
                        Operation.GET_PROFILE,
                        Operation.VERIFY_TOKEN,
                        Operation.BATCH_VERIFY_TOKENS)));
    }

    @ParameterizedTest
    @MethodSource("probes")
    void hiddenResourcesLookNonexistent(IdProbe probe) {
        for (boolean system : new boolean[] {false, true}) {
            for (Role role : CONFINED) {
                TwoTenants world = new TwoTenants(system);
                Caller caller = world.caller(role);
                Answer expected = expected(probe, caller);
                Map<String, UUID> hidden = world.hidden(probe, role);
                List<Object> before = world.snapshot();
                for (Map.Entry<String, UUID> id : hidden.entrySet()) {
                    for (Etag etag : new Etag[] {null, STALE}) {
                        assertThat(answer(world, probe, caller, id.getValue(), etag))
                                .as("%s with an id that is %s", caller, id.getKey())
                                .isEqualTo(expected);
                    }
                }
                assertThat(world.snapshot()).isEqualTo(before);
            }
        }
    }

    /** Proves that the calls of the test above are valid. */
    @ParameterizedTest
    @MethodSource("probes")
    void callersSeeTheirOwnResources(IdProbe probe) {
        for (boolean system : new boolean[] {false, true}) {
            for (Role role : CONFINED) {
                TwoTenants world = new TwoTenants(system);
                Caller caller = world.caller(role);
                UUID own = world.own(probe.kind());
                if (Permissions.allows(probe.operation(), role, caller.scopes())) {
                    assertThatCode(() -> probe.call().with(world, caller, own, null))
                            .doesNotThrowAnyException();
                } else {
                    assertThat(answer(world, probe, caller, own, null)).isEqualTo(expected(probe, caller));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listsContainOnlyTheOwnTenant(boolean system) {
        TwoTenants world = new TwoTenants(system);
        InMemoryJeton jeton = world.jeton;
        for (Role role : CONFINED) {
            Caller caller = world.caller(role);
            for (TenantId named : new TenantId[] {null, world.home.id()}) {
                assertThat(jeton.workloads.list(caller, named, null, PAGE).items())
                        .containsExactly(world.spare, world.workload);
                assertThat(jeton.tokens
                                .list(caller, new ListTokens(named, TokenFilter.ALL, PAGE))
                                .items())
                        .extracting(TokenView::token)
                        .isNotEmpty()
                        .allMatch(token -> token.tenantId().equals(world.home.id()))
                        .extracting(Token::id)
                        .contains(world.token);
            }
        }
        assertThat(jeton.users.list(world.caller(Role.TENANT_ADMIN), null, PAGE).items())
                .startsWith(world.colleague, world.member, world.admin)
                .allMatch(user -> user.tenantId().equals(world.home.id()));
    }

    @Test
    void aPageAfterAForeignCursorContainsOnlyTheOwnTenant() {
        TwoTenants world = new TwoTenants();
        PageRequest afterForeign =
                new PageRequest(100, new Cursor(world.stranger.id().value()));

        assertThat(world.jeton
                        .users
                        .list(world.caller(Role.TENANT_ADMIN), null, afterForeign)
                        .items())
                .containsExactly(world.colleague, world.member, world.admin);
    }

    @Test
    void namesTakenInOtherTenantsAreFree() {
        InMemoryJeton jeton = new InMemoryJeton();
        TokenPolicy strict = new TokenPolicy(
                new NameRule(0, Set.of(), NameUniqueness.PER_TENANT),
                ExpiryRule.DEFAULT,
                WorkloadRule.DEFAULT,
                Scopes.NONE,
                Scopes.NONE,
                2);
        List<Object> made = new ArrayList<>();
        for (Tenant tenant : List.of(jeton.tenant(strict), jeton.tenant(strict))) {
            Caller admin = jeton.caller(jeton.user(tenant, Role.TENANT_ADMIN, "grace@example.com"));
            made.add(jeton.users.create(
                    admin,
                    new CreateUser(null, new Email("ada@example.com"), new PersonName("Ada"), Role.MEMBER, null)));
            made.add(jeton.workloads.create(
                    admin, new CreateWorkload(null, new WorkloadName("llama"), WorkloadKind.MODEL, null)));
            made.add(jeton.tokens.create(admin, new CreateToken(null, null, Tokens.draft("name"), null)));
        }

        assertThat(made).hasSize(6);
    }

    private static Answer expected(IdProbe probe, Caller caller) {
        try {
            AccessRules.require(caller, probe.operation());
        } catch (JetonException denied) {
            return new Answer(denied.reason(), denied.getMessage(), denied.metadata());
        }
        String resource = probe.kind().name().toLowerCase(Locale.ROOT);
        return new Answer(
                probe.kind().missing,
                "No " + resource + " ID is visible to the caller; check the id.",
                Map.of(resource + "_id", "ID"));
    }

    private static Answer answer(TwoTenants world, IdProbe probe, Caller caller, UUID id, @Nullable Etag etag) {
        JetonException refused =
                catchThrowableOfType(JetonException.class, () -> probe.call().with(world, caller, id, etag));
        assertThat(refused).as("error of %s", probe).isNotNull();
        return Answer.of(refused, id);
    }

    /** Describes an error without the id it names. */
    private record Answer(ErrorReason reason, String message, Map<String, String> metadata) {
        static Answer of(JetonException refused, UUID id) {
            Map<String, String> metadata = refused.metadata().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().replace(id.toString(), "ID")));
            return new Answer(refused.reason(), refused.getMessage().replace(id.toString(), "ID"), metadata);
        }
    }
}
