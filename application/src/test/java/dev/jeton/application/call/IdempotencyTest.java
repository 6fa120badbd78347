package dev.jeton.application.call;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Caller;
import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.inbound.tenant.CreateTenant;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.workload.CreateWorkload;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.text.TenantName;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadKind;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A create repeated with the same request id has one effect. */
class IdempotencyTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Tenant tenant = jeton.tenant();
    private final User owner = jeton.member(tenant);
    private final Caller admin = jeton.caller(jeton.user(tenant, Role.TENANT_ADMIN, "grace@example.com"));
    private final TokenDraft draft = Tokens.draft("QA-Test-Token");
    private final RequestKey requestKey = new RequestKey(UUID.randomUUID(), "of this body");

    @Test
    void aTenantIsCreatedOnce() {
        CreateTenant command = new CreateTenant(new TenantName("Acme AI"), TokenPolicy.DEFAULT, requestKey);

        Created<Tenant> first = jeton.tenants.create(jeton.operator, command);
        Created<Tenant> second = jeton.tenants.create(jeton.operator, command);

        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new Created<>(first.resource(), true));
    }

    @Test
    void aUserIsCreatedOnce() {
        CreateUser command =
                new CreateUser(null, new Email("alan@example.com"), new PersonName("Alan"), Role.MEMBER, requestKey);

        Created<User> first = jeton.users.create(admin, command);
        Created<User> second = jeton.users.create(admin, command);

        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new Created<>(first.resource(), true));
    }

    @Test
    void aWorkloadIsCreatedOnce() {
        CreateWorkload command = new CreateWorkload(null, new WorkloadName("llama-3"), WorkloadKind.MODEL, requestKey);

        Created<Workload> first = jeton.workloads.create(admin, command);
        Created<Workload> second = jeton.workloads.create(admin, command);

        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new Created<>(first.resource(), true));
    }

    @Test
    void aTokenIsIssuedOnceAndItsSecretIsNotRepeated() {
        IssuedToken first = issue(admin, requestKey);
        IssuedToken second = issue(admin, requestKey);

        assertThat(first.replayed()).isFalse();
        assertThat(first.secret()).isNotNull();
        assertThat(second.replayed()).isTrue();
        assertThat(second.secret()).isNull();
        assertThat(second.view()).isEqualTo(first.view());
    }

    @Test
    void aReplayReturnsTheCurrentState() {
        IssuedToken first = issue(admin, requestKey);
        jeton.tokens.reactivate(admin, first.view().token().id(), null);
        jeton.users.disable(admin, owner.id(), null);
        CreateUser command =
                new CreateUser(null, new Email("alan@example.com"), new PersonName("Alan"), Role.MEMBER, requestKey);
        User made = jeton.users.create(admin, command).resource();

        User disabled = jeton.users.disable(admin, made.id(), null);

        assertThat(jeton.users.create(admin, command).resource()).isEqualTo(disabled);
    }

    @Test
    void aDifferentBodyIsRejected() {
        issue(admin, requestKey);

        assertRefused(
                ErrorReason.REQUEST_ID_REUSED,
                () -> issue(admin, new RequestKey(requestKey.requestId(), "of another body")));
    }

    @Test
    void requestIdsAreSeparateByCallerAndRpc() {
        IssuedToken first = issue(admin, requestKey);

        assertThat(issue(jeton.operator, requestKey).view()).isNotEqualTo(first.view());
        jeton.workloads.create(
                admin, new CreateWorkload(null, new WorkloadName("llama-3"), WorkloadKind.MODEL, requestKey));
    }

    @Test
    void aReplayOfADeletedResourceIsNotFound() {
        IssuedToken first = issue(admin, requestKey);

        jeton.tokens.delete(admin, first.view().token().id(), null);

        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> issue(admin, requestKey));
    }

    @Test
    void aFailedCreateIsNotRecorded() {
        Tenant strict = jeton.tenant(Policies.boundTo(1));
        User strictOwner = jeton.member(strict);
        TokenDraft tooMany = Tokens.draft(
                "bound", jeton.model(strict).id(), jeton.model(strict).id());

        assertRefused(
                ErrorReason.TOO_MANY_WORKLOADS,
                () -> jeton.tokens.create(
                        jeton.operator, new CreateToken(null, strictOwner.id(), tooMany, requestKey)));
        IssuedToken retried =
                jeton.tokens.create(jeton.operator, new CreateToken(null, strictOwner.id(), draft, requestKey));

        assertThat(retried.replayed()).isFalse();
    }

    @Test
    void aReplayChecksPermissionAgain() {
        User grace = jeton.user(tenant, Role.TENANT_ADMIN, "grace.h@example.com");
        Caller before = jeton.caller(grace);
        issue(before, requestKey);

        jeton.users.update(jeton.operator, new UpdateUser(grace.id(), null, null, Role.MEMBER, null));
        Caller after = jeton.caller(grace);

        assertRefused(ErrorReason.USER_NOT_FOUND, () -> issue(after, requestKey));
    }

    @Test
    void requestIdsAreRememberedForADay() {
        IssuedToken first = issue(admin, requestKey);

        jeton.clock.advance(DAY);
        assertThat(issue(admin, requestKey).view()).isEqualTo(first.view());

        jeton.clock.advance(Duration.ofMillis(1));
        assertThat(issue(admin, requestKey).replayed()).isFalse();
    }

    @Test
    void concurrentCreatesHaveOneEffect() {
        Set<UUID> made = ConcurrentHashMap.newKeySet();

        Outcomes.of(
                20,
                number -> made.add(issue(admin, requestKey).view().token().id().value()));

        assertThat(made).hasSize(1);
    }

    private IssuedToken issue(Caller caller, RequestKey key) {
        return jeton.tokens.create(caller, new CreateToken(null, owner.id(), draft, key));
    }
}
