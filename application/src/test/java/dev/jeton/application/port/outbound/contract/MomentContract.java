package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Contract of {@link Repositories#moment()}. */
public abstract class MomentContract extends PersistenceContract {

    @Test
    void hasTheTimeBeforeAnythingIsRead() {
        Moment first = inTransaction(Repositories::moment);
        Moment second = inTransaction(Repositories::moment);

        assertThat(first.lastEvent()).isNull();
        assertThat(second.time()).isAfterOrEqualTo(first.time());
    }

    @Test
    void staysTheSameUntilALockIsTaken() {
        Tenant tenant = storedTenant();

        transact(repositories -> {
            repositories.tenants().find(tenant.id());
            Moment first = repositories.moment();
            repositories.users().find(tenant.id(), Users.anId());
            assertThat(repositories.moment()).isEqualTo(first);
        });
    }

    /** So that the trail reads in order even after the store's clock went back. */
    @Test
    void isNotBeforeTheLastEventOfTheTenantUnderAnyLock() {
        Tenant tenant = storedTenant();
        User user = stored(Users.member(tenant.id()));
        Workload workload = stored(Workloads.model(tenant.id()));
        Token token = stored(Tokens.of(user));
        Map<String, Consumer<Repositories>> locks = Map.of(
                "hold tenant", repositories -> repositories.tenants().hold(tenant.id()),
                "lock tenant", repositories -> repositories.tenants().lock(tenant.id()),
                "delete tenant", repositories -> repositories.tenants().lockForDelete(tenant.id()),
                "hold owner", repositories -> repositories.users().holdOwner(tenant.id(), user.id()),
                "lock user", repositories -> repositories.users().lock(tenant.id(), user.id()),
                "delete user", repositories -> repositories.users().lockForDelete(tenant.id(), user.id()),
                "lock workload", repositories -> repositories.workloads().lock(tenant.id(), workload.id()),
                "lock token", repositories -> repositories.tokens().lock(tenant.id(), token.id()),
                "delete token", repositories -> repositories.tokens().lockForDelete(tenant.id(), token.id()));
        Instant ahead = inTransaction(Repositories::moment).time().plus(Duration.ofDays(2));

        for (Map.Entry<String, Consumer<Repositories>> lock : locks.entrySet()) {
            ahead = ahead.plusSeconds(1);
            AuditEvent event = AuditEvents.at(tenant.id(), ahead);
            transact(repositories -> repositories.audit().append(event));
            Instant time = ahead;
            transact(repositories -> {
                lock.getValue().accept(repositories);
                assertThat(repositories.moment()).as(lock.getKey()).isEqualTo(new Moment(time, event.id()));
            });
        }
    }

    @Test
    void isTheMomentWhenTheLockWasObtained() {
        Tenant tenant = storedTenant();
        AuditEvent[] event = new AuditEvent[1];

        Moment waited = waitingFor(
                repositories -> {
                    repositories.tenants().lock(tenant.id());
                    event[0] = AuditEvents.at(tenant.id(), repositories.moment().time());
                    repositories.audit().append(event[0]);
                },
                repositories -> {
                    repositories.tenants().lock(tenant.id());
                    return repositories.moment();
                });

        assertThat(waited.lastEvent()).isEqualTo(event[0].id());
        assertThat(waited.time()).isAfterOrEqualTo(event[0].createTime());
    }
}
