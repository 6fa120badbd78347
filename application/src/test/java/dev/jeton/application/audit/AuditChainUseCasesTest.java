package dev.jeton.application.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.inbound.audit.ChainReport.Fault;
import dev.jeton.application.port.inbound.audit.ChainReport.Intact;
import dev.jeton.application.port.inbound.audit.ChainReport.Tampered;
import dev.jeton.application.port.outbound.memory.AuditBackdoor;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.MutableClock;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trail of five events, tampered with by someone who can write to the database. */
class AuditChainUseCasesTest {
    private final InMemoryPersistence persistence = new InMemoryPersistence(new MutableClock());
    private final AuditChaining chaining = new AuditChainUseCases(persistence.auditChains());
    private final AuditBackdoor backdoor = persistence.auditBackdoor();
    private final TenantId tenantId = Tenants.anId();
    private final List<AuditEvent> events = new ArrayList<>();
    private ChainCheckpoint checkpoint = ChainCheckpoint.empty(tenantId);

    @BeforeEach
    void sealFive() {
        for (int i = 0; i < 5; i++) {
            events.add(appended(AuditEvents.of(tenantId)));
        }
        assertThat(chaining.seal()).isEqualTo(5);
        checkpoint = chaining.checkpoints().get(0);
    }

    @Test
    void sealsEachEventOnce() {
        assertThat(chaining.seal()).isZero();
        appended(AuditEvents.of(tenantId));
        assertThat(chaining.seal()).isEqualTo(1);
        assertThat(chaining.checkpoints()).extracting(ChainCheckpoint::count).containsExactly(6L);
    }

    @Test
    void sealsMoreThanOneSlice() {
        for (int i = 0; i < AuditChainUseCases.SLICE + 1; i++) {
            appended(AuditEvents.of(tenantId));
        }

        assertThat(chaining.seal()).isEqualTo(AuditChainUseCases.SLICE + 1);
        assertThat(verify()).isInstanceOf(Intact.class);
    }

    @Test
    void chainsEveryTenantSeparately() {
        TenantId other = Tenants.anId();
        appended(AuditEvents.of(other));
        chaining.seal();

        assertThat(chaining.tenants()).containsExactly(tenantId, other);
        assertThat(chaining.checkpoints()).extracting(ChainCheckpoint::count).containsExactly(5L, 1L);
    }

    @Test
    void anUnchangedTrailIsIntactWithAndWithoutCheckpoint() {
        assertThat(verify()).isEqualTo(new Intact(ChainStart.complete(tenantId), checkpoint));
        assertThat(verifyAgainst(checkpoint)).isEqualTo(new Intact(ChainStart.complete(tenantId), checkpoint));
    }

    @Test
    void aTrailThatHasGrownSinceTheCheckpointIsIntact() {
        appended(AuditEvents.of(tenantId));
        chaining.seal();

        assertThat(verifyAgainst(checkpoint)).isInstanceOf(Intact.class);
    }

    @Test
    void pendingEventsAreNotAFault() {
        appended(AuditEvents.of(tenantId));

        assertThat(verify()).isEqualTo(new Intact(ChainStart.complete(tenantId), checkpoint));
    }

    @Test
    void reportsAChangedEvent() {
        backdoor.put(AuditEvents.of(tenantId).withId(events.get(2).id()));

        assertThat(verify()).isEqualTo(fault(3, events.get(2).id(), Fault.CHANGED));
    }

    @Test
    void reportsAChangedLink() {
        backdoor.put(new ChainLink(tenantId, 2, events.get(1).id(), checkpoint.head()));

        assertThat(verify()).isEqualTo(fault(2, events.get(1).id(), Fault.CHANGED));
    }

    @Test
    void reportsARemovedEvent() {
        backdoor.remove(events.get(3));

        assertThat(verify()).isEqualTo(fault(4, events.get(3).id(), Fault.EVENT_REMOVED));
    }

    @Test
    void reportsAnEventRemovedWithItsLink() {
        backdoor.remove(events.get(3));
        backdoor.removeLink(tenantId, 4);

        assertThat(verify()).isEqualTo(fault(4, null, Fault.LINK_REMOVED));
    }

    @Test
    void reportsAPendingEventThatWasRemoved() {
        AuditEvent event = appended(AuditEvents.of(tenantId));
        backdoor.remove(event);
        chaining.seal();

        assertThat(verify()).isEqualTo(fault(0, event.id(), Fault.EVENT_REMOVED));
    }

    @Test
    void reportsSwappedContents() {
        AuditEvent second = events.get(1);
        AuditEvent fourth = events.get(3);
        backdoor.put(second.withId(fourth.id()));
        backdoor.put(fourth.withId(second.id()));

        assertThat(verify()).isEqualTo(fault(2, second.id(), Fault.SWAPPED));
    }

    @Test
    void reportsSwappedPositions() {
        List<ChainLink> links = AuditChain.extend(Map.of(), events);
        backdoor.put(new ChainLink(tenantId, 2, events.get(3).id(), links.get(1).hash()));
        backdoor.put(new ChainLink(tenantId, 4, events.get(1).id(), links.get(3).hash()));

        assertThat(verify()).isEqualTo(fault(2, events.get(3).id(), Fault.SWAPPED));
    }

    @Test
    void reportsAnInsertedEvent() {
        AuditEvent forged = AuditEvents.of(tenantId);
        backdoor.put(forged);
        chaining.seal();

        assertThat(verify()).isEqualTo(fault(0, forged.id(), Fault.INSERTED));
    }

    @Test
    void reportsAnEventInsertedBeforeTheFirstLink() {
        AuditEvent forged = AuditEvents.of(tenantId);
        backdoor.put(forged);
        backdoor.put(new ChainLink(tenantId, -1, forged.id(), checkpoint.head()));

        assertThat(verify()).isEqualTo(fault(-1, forged.id(), Fault.INSERTED));
    }

    @Test
    void onlyACheckpointRevealsARewrittenChain() {
        AuditEvent forged = AuditEvents.changing(tenantId, new FieldChange("role", "MEMBER", "OPERATOR"))
                .withId(events.get(1).id());
        events.set(1, forged);
        backdoor.put(forged);
        AuditChain.extend(Map.of(), events).forEach(backdoor::put);

        assertThat(verify()).isInstanceOf(Intact.class);
        assertThat(verifyAgainst(checkpoint)).isEqualTo(fault(5, events.get(4).id(), Fault.DIFFERS_FROM_CHECKPOINT));
    }

    @Test
    void aCheckpointRevealsARewrittenChainThatHasGrown() {
        events.add(0, AuditEvents.of(tenantId));
        backdoor.put(events.get(0));
        AuditChain.extend(Map.of(), events).forEach(backdoor::put);

        assertThat(verify()).isInstanceOf(Intact.class);
        assertThat(verifyAgainst(checkpoint)).isEqualTo(fault(5, events.get(4).id(), Fault.DIFFERS_FROM_CHECKPOINT));
    }

    @Test
    void onlyACheckpointRevealsAShortenedChain() {
        backdoor.remove(events.get(4));
        backdoor.removeLink(tenantId, 5);

        assertThat(verify()).isInstanceOf(Intact.class);
        assertThat(verifyAgainst(checkpoint)).isEqualTo(fault(5, null, Fault.SHORTER_THAN_CHECKPOINT));
    }

    @Test
    void aCheckpointRevealsADeletedTrail() {
        for (int i = 0; i < events.size(); i++) {
            backdoor.remove(events.get(i));
            backdoor.removeLink(tenantId, i + 1);
        }

        assertThat(verifyAgainst(checkpoint)).isEqualTo(fault(1, null, Fault.SHORTER_THAN_CHECKPOINT));
    }

    @Test
    void reportsTheFirstOfSeveralFaults() {
        backdoor.remove(events.get(4));
        backdoor.put(AuditEvents.of(tenantId).withId(events.get(2).id()));

        assertThat(verify()).isEqualTo(fault(3, events.get(2).id(), Fault.CHANGED));
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
