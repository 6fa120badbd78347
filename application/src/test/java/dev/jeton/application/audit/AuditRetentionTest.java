package dev.jeton.application.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.inbound.audit.ChainReport.Fault;
import dev.jeton.application.port.inbound.audit.ChainReport.Intact;
import dev.jeton.application.port.inbound.audit.ChainReport.Tampered;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.memory.AuditBackdoor;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.MutableClock;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trail of seven events, of which the first five are older than the retention. */
class AuditRetentionTest {
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Instant NOW = MutableClock.START;
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemoryPersistence persistence = new InMemoryPersistence(new MutableClock());
    private final AuditChaining chaining = new AuditChainUseCases(persistence.auditChains());
    private final AuditBackdoor backdoor = persistence.auditBackdoor();
    private final TenantId tenantId = Tenants.anId();
    private final List<AuditEvent> events = new ArrayList<>();
    private List<ChainLink> links = List.of();

    @BeforeEach
    void sealSeven() {
        for (int i = 0; i < 7; i++) {
            events.add(appended(AuditEvents.at(tenantId, i < 5 ? OLD.plusSeconds(i) : NOW.minusSeconds(60))));
        }
        chaining.seal();
        links = AuditChain.extend(Map.of(), events);
    }

    @Test
    void purgesWhatIsOlderThanTheRetention() {
        assertThat(purge()).isFalse();

        assertThat(persistence.auditChains().recorded(tenantId, null, 100))
                .extracting(AuditChainStore.Recorded::eventId)
                .containsExactly(events.get(5).id(), events.get(6).id());
        assertThat(verify()).isEqualTo(new Intact(start(), at(7)));
        assertThat(chaining.checkpoints()).containsExactly(at(7));
    }

    @Test
    void purgesNothingTwice() {
        purge();
        ChainReport first = verify();
        assertThat(purge()).isFalse();

        assertThat(verify()).isEqualTo(first);
    }

    @Test
    void purgesInSlices() {
        TenantId other = Tenants.anId();
        for (int i = 0; i < AuditChainUseCases.SLICE + 1; i++) {
            appended(AuditEvents.at(other, OLD));
        }
        chaining.seal();

        assertThat(chaining.purge(other, RETENTION)).isTrue();
        assertThat(chaining.verify(other, Optional.empty())).isInstanceOf(Intact.class);
        assertThat(chaining.purge(other, RETENTION)).isFalse();
        assertThat(persistence.auditChains().recorded(other, null, 100)).isEmpty();
        assertThat(chaining.tenants()).contains(other);
    }

    @Test
    void keepsPendingEventsAndAllThatFollowAYoungOne() {
        appended(AuditEvents.at(tenantId, OLD));
        purge();
        chaining.seal();
        purge();

        assertThat(verify())
                .isEqualTo(new Intact(start(), chaining.checkpoints().get(0)));
        assertThat(persistence.auditChains().recorded(tenantId, null, 100)).hasSize(3);
    }

    @Test
    void keepsTheEvidenceOfTampering() {
        backdoor.put(AuditEvents.at(tenantId, OLD).withId(events.get(2).id()));

        assertThat(purge()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(this::purge)
                .withMessageContaining(tenantId.toString())
                .withMessageContaining("position 3");
        assertThat(verify()).isEqualTo(fault(3, events.get(2).id(), Fault.CHANGED));
    }

    @Test
    void keepsTheEvidenceOfARemovedEvent() {
        backdoor.remove(events.get(0));

        assertThatIllegalStateException().isThrownBy(this::purge).withMessageContaining("position 1");
        assertThat(verify()).isEqualTo(fault(1, events.get(0).id(), Fault.EVENT_REMOVED));
    }

    @Test
    void verifiesATrailThatIsPurgedMeanwhile() {
        AtomicBoolean purged = new AtomicBoolean();
        AuditChainStore store = persistence.auditChains();
        AuditChainStore slow = (AuditChainStore) Proxy.newProxyInstance(
                AuditChainStore.class.getClassLoader(),
                new Class<?>[] {AuditChainStore.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("chained") && !purged.getAndSet(true)) {
                        purge();
                    }
                    try {
                        return method.invoke(store, values);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });

        assertThat(new AuditChainUseCases(slow).verify(tenantId, Optional.empty()))
                .isEqualTo(new Intact(start(), at(7)));
    }

    @Test
    void reportsTamperingAfterAPurge() {
        purge();
        backdoor.put(AuditEvents.of(tenantId).withId(events.get(5).id()));
        assertThat(verify()).isEqualTo(fault(6, events.get(5).id(), Fault.CHANGED));

        backdoor.remove(events.get(5));
        assertThat(verify()).isEqualTo(fault(6, events.get(5).id(), Fault.EVENT_REMOVED));

        backdoor.removeLink(tenantId, 6);
        assertThat(verify()).isEqualTo(fault(6, null, Fault.LINK_REMOVED));
    }

    @Test
    void reportsAPurgedEventThatComesBack() {
        purge();
        backdoor.put(events.get(4));
        assertThat(verify()).isEqualTo(fault(0, events.get(4).id(), Fault.INSERTED));

        backdoor.put(links.get(4));
        assertThat(verify()).isEqualTo(fault(5, events.get(4).id(), Fault.INSERTED));
    }

    @Test
    void reportsAMissingStart() {
        purge();
        backdoor.removeStart(tenantId);

        assertThat(verify()).isEqualTo(fault(1, null, Fault.LINK_REMOVED));
    }

    @Test
    void reportsAForgedStart() {
        purge();
        backdoor.put(new ChainStart(new ChainCheckpoint(tenantId, 5, at(4).head()), OLD));
        assertThat(verify()).isEqualTo(fault(6, events.get(5).id(), Fault.CHANGED));

        backdoor.put(new ChainStart(at(4), OLD));
        assertThat(verify()).isEqualTo(fault(5, null, Fault.LINK_REMOVED));

        backdoor.put(new ChainStart(at(6), OLD));
        assertThat(verify()).isEqualTo(fault(6, events.get(5).id(), Fault.INSERTED));
    }

    @Test
    void onlyACheckpointRevealsAForgedPurge() {
        purge();
        backdoor.remove(events.get(5));
        backdoor.removeLink(tenantId, 6);
        backdoor.put(new ChainStart(at(6), OLD));

        assertThat(verify()).isEqualTo(new Intact(new ChainStart(at(6), OLD), at(7)));
        assertThat(verifyAgainst(at(5))).isEqualTo(fault(6, null, Fault.PURGED_AFTER_CHECKPOINT));
        backdoor.put(new ChainStart(new ChainCheckpoint(tenantId, 6, at(5).head()), OLD));
        assertThat(verifyAgainst(at(6))).isEqualTo(fault(6, null, Fault.DIFFERS_FROM_CHECKPOINT));
    }

    @Test
    void comparesWithCheckpointsTakenBeforeAndAfterThePurge() {
        purge();

        assertThat(verifyAgainst(at(5))).isInstanceOf(Intact.class);
        assertThat(verifyAgainst(at(6))).isInstanceOf(Intact.class);
        assertThat(verifyAgainst(at(4))).isEqualTo(fault(5, null, Fault.PURGED_AFTER_CHECKPOINT));
    }

    private boolean purge() {
        return chaining.purge(tenantId, RETENTION);
    }

    private ChainStart start() {
        return new ChainStart(at(5), OLD.plusSeconds(4));
    }

    private ChainCheckpoint at(int position) {
        return ChainCheckpoint.at(links.get(position - 1));
    }

    private ChainReport verify() {
        return chaining.verify(tenantId, Optional.empty());
    }

    private ChainReport verifyAgainst(ChainCheckpoint kept) {
        return chaining.verify(tenantId, Optional.of(kept));
    }

    private Tampered fault(long position, @Nullable AuditEventId eventId, Fault what) {
        return new Tampered(tenantId, position, eventId, what);
    }

    private AuditEvent appended(AuditEvent event) {
        persistence.transactor().inTransaction(repositories -> {
            repositories.audit().append(event);
            return true;
        });
        return event;
    }
}
