package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.application.port.outbound.AuditChainStore.Recorded;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract of {@link AuditChainStore}. Also seals the pending events of other tests. */
public abstract class AuditChainStoreContract extends PersistenceContract {
    private static final int ALL = 1_000;
    private static final Duration RETENTION = Duration.ofDays(30);
    /** Of events older than the retention by any clock, and younger. */
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private static final Instant NOT_YET = Instant.parse("2999-01-01T00:00:00Z");

    private final TenantId tenantId = Tenants.anId();

    @Test
    void eventsArePendingUntilSealed() {
        AuditEvent first = appended(AuditEvents.of(tenantId));
        AuditEvent second = appended(AuditEvents.withoutActor(tenantId));

        assertThat(pendingHere()).containsExactly(first, second);
        sealAll();
        assertThat(pendingHere()).isEmpty();
    }

    @Test
    void pendingEventsOfATenantAreInIdOrder() {
        AuditEvent first = AuditEvents.of(tenantId);
        AuditEvent second = AuditEvents.of(tenantId);
        AuditEvent third = AuditEvents.of(tenantId);
        transact(repositories -> List.of(second, third, first)
                .forEach(event -> repositories.audit().append(event)));

        assertThat(pendingHere()).containsExactly(first, second, third);
    }

    @Test
    void returnsAtMostTheLimit() {
        sealAll();
        appended(AuditEvents.of(tenantId));
        appended(AuditEvents.of(tenantId));
        appended(AuditEvents.of(tenantId));

        List<AuditEvent> some = tryWithLock(sealing -> sealing.pending(2));
        assertThat(some).hasSize(2);
    }

    @Test
    void keepsLinksWithTheirEventsByPosition() {
        AuditEvent first = appended(AuditEvents.of(tenantId));
        sealAll();
        AuditEvent second = appended(AuditEvents.of(tenantId));
        AuditEvent third = appended(AuditEvents.withoutActor(tenantId));
        sealAll();

        List<ChainLink> links = AuditChain.extend(Map.of(), List.of(first, second, third));
        assertThat(chains().chained(tenantId, 0, ALL))
                .containsExactly(
                        new Chained(links.get(0), first),
                        new Chained(links.get(1), second),
                        new Chained(links.get(2), third));
        assertThat(chains().chained(tenantId, 1, 1)).containsExactly(new Chained(links.get(1), second));
        assertThat(chains().chained(tenantId, 3, ALL)).isEmpty();
    }

    @Test
    void anOlderEventIsSealedAfterNewerOnes() {
        AuditEvent late = AuditEvents.of(tenantId);
        AuditEvent early = appended(AuditEvents.of(tenantId));
        sealAll();
        appended(late);
        sealAll();

        assertThat(chains().chained(tenantId, 0, ALL))
                .extracting(chained -> chained.link().eventId())
                .containsExactly(early.id(), late.id());
    }

    @Test
    void returnsTheHeadOfAChain() {
        assertThat(chains().head(tenantId)).isEqualTo(ChainCheckpoint.empty(tenantId));
        appended(AuditEvents.of(tenantId));
        appended(AuditEvents.of(tenantId));
        sealAll();

        ChainLink last = chains().chained(tenantId, 1, 1).get(0).link();
        assertThat(chains().head(tenantId)).isEqualTo(ChainCheckpoint.at(last));
        Map<TenantId, ChainCheckpoint> heads = tryWithLock(sealing -> sealing.heads(Set.of(tenantId, Tenants.anId())));
        assertThat(heads).containsOnlyKeys(tenantId).containsValue(ChainCheckpoint.at(last));
    }

    @Test
    void rollsBackAFailedSealing() {
        AuditEvent event = appended(AuditEvents.of(tenantId));

        assertThatIllegalStateException()
                .isThrownBy(() -> tryWithLock(sealing -> {
                    sealing.append(List.of(AuditChain.next(ChainCheckpoint.empty(tenantId), event)));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(chains().chained(tenantId, 0, ALL)).isEmpty();
        assertThat(pendingHere()).containsExactly(event);
    }

    @Test
    void rejectsASecondLinkAtAPosition() {
        AuditEvent first = appended(AuditEvents.of(tenantId));
        AuditEvent second = appended(AuditEvents.of(tenantId));
        ChainCheckpoint none = ChainCheckpoint.empty(tenantId);

        assertThat(catchThrowable(() -> tryWithLock(sealing -> {
                    sealing.append(List.of(AuditChain.next(none, first), AuditChain.next(none, second)));
                    return true;
                })))
                .isInstanceOf(RuntimeException.class);

        assertThat(chains().head(tenantId)).isEqualTo(none);
    }

    @Test
    void concurrentSealersBuildOneChain() {
        for (int i = 0; i < 40; i++) {
            appended(AuditEvents.of(tenantId));
        }

        Outcomes.of(4, number -> {
            for (int i = 0; i < 20; i++) {
                seal(3);
                if (number == 0) {
                    appended(AuditEvents.of(tenantId));
                }
            }
        });
        sealAll();

        ChainCheckpoint head = ChainCheckpoint.empty(tenantId);
        for (Chained chained : chains().chained(tenantId, 0, ALL)) {
            assertThat(chained.link()).isEqualTo(AuditChain.next(head, chained.event()));
            head = ChainCheckpoint.at(chained.link());
        }
        assertThat(head.count()).isEqualTo(60);
    }

    @Test
    void distinguishesChainedFromPendingEvents() {
        AuditEvent chained = appended(AuditEvents.of(tenantId));
        sealAll();
        AuditEvent waiting = appended(AuditEvents.of(tenantId));

        assertThat(chains().recorded(tenantId, null, ALL))
                .containsExactly(new Recorded(chained.id(), true), new Recorded(waiting.id(), true));
        assertThat(chains().recorded(tenantId, null, 1)).containsExactly(new Recorded(chained.id(), true));
        assertThat(chains().recorded(tenantId, chained.id(), ALL)).containsExactly(new Recorded(waiting.id(), true));
        assertThat(chains().lost(tenantId)).isEmpty();
    }

    @Test
    void listsTenantsWithATrail() {
        TenantId other = Tenants.anId();
        TenantId without = storedTenant().id();
        appended(AuditEvents.of(other));
        appended(AuditEvents.of(tenantId));
        sealAll();

        List<TenantId> all = tenants();

        assertThat(all).contains(tenantId, other).doesNotContain(without).doesNotHaveDuplicates();
        assertThat(all).extracting(TenantId::toString).isSorted();
    }

    @Test
    void purgesTheFirstLinksAndKeepsWhereTheChainGoesOn() {
        AuditEvent first = appended(AuditEvents.at(tenantId, LONG_AGO));
        AuditEvent second = appended(AuditEvents.at(tenantId, LONG_AGO.minusSeconds(1)));
        AuditEvent third = appended(AuditEvents.at(tenantId, LONG_AGO));
        sealAll();
        List<ChainLink> links = AuditChain.extend(Map.of(), List.of(first, second, third));

        assertThat(chains().start(tenantId)).isEqualTo(ChainStart.complete(tenantId));
        purge(2);

        assertThat(chains().start(tenantId)).isEqualTo(new ChainStart(ChainCheckpoint.at(links.get(1)), LONG_AGO));
        assertThat(chains().chained(tenantId, 0, ALL)).containsExactly(new Chained(links.get(2), third));
        assertThat(chains().recorded(tenantId, null, ALL)).containsExactly(new Recorded(third.id(), true));
        assertThat(chains().head(tenantId)).isEqualTo(ChainCheckpoint.at(links.get(2)));
    }

    @Test
    void aChainThatWasPurgedAsAWholeGoesOn() {
        AuditEvent first = appended(AuditEvents.at(tenantId, LONG_AGO));
        sealAll();
        purge(1);
        ChainCheckpoint purged = ChainCheckpoint.at(AuditChain.next(ChainCheckpoint.empty(tenantId), first));

        assertThat(chains().head(tenantId)).isEqualTo(purged);
        assertThat(tenants()).contains(tenantId);
        AuditEvent second = appended(AuditEvents.at(tenantId, LONG_AGO));
        sealAll();

        assertThat(chains().chained(tenantId, 0, ALL))
                .containsExactly(new Chained(AuditChain.next(purged, second), second));
    }

    @Test
    void findsWhatIsExpiredUpToTheFirstThatIsNot() {
        AuditEvent first = appended(AuditEvents.at(tenantId, LONG_AGO));
        AuditEvent second = appended(AuditEvents.at(tenantId, LONG_AGO));
        appended(AuditEvents.at(tenantId, NOT_YET));
        appended(AuditEvents.at(tenantId, LONG_AGO));
        assertThat(expired(ALL)).isEmpty();
        sealAll();

        assertThat(expired(ALL)).extracting(Chained::event).containsExactly(first, second);
        assertThat(expired(1)).extracting(Chained::event).containsExactly(first);
        purge(1);
        assertThat(expired(ALL)).extracting(Chained::event).containsExactly(second);
    }

    @Test
    void purgesNothingThatIsNotSealedOrNotOldEnough() {
        appended(AuditEvents.at(tenantId, LONG_AGO));
        appended(AuditEvents.at(tenantId, NOT_YET));
        sealAll();
        appended(AuditEvents.at(tenantId, LONG_AGO));
        List<Chained> before = chains().chained(tenantId, 0, ALL);

        for (long upTo : new long[] {0, 2, 3}) {
            assertThat(catchThrowable(() -> purge(upTo))).as("up to %d", upTo).isInstanceOf(RuntimeException.class);
        }
        assertThat(catchThrowable(() -> tryWithLock(sealing -> {
                    sealing.purge(tenantId, 1, Duration.ofDays(1).minusSeconds(1));
                    return true;
                })))
                .isInstanceOf(RuntimeException.class);

        assertThat(chains().chained(tenantId, 0, ALL)).isEqualTo(before);
        assertThat(chains().recorded(tenantId, null, ALL)).hasSize(3);
        assertThat(chains().start(tenantId)).isEqualTo(ChainStart.complete(tenantId));
    }

    @Test
    void rollsBackAFailedPurge() {
        appended(AuditEvents.at(tenantId, LONG_AGO));
        sealAll();
        List<Chained> before = chains().chained(tenantId, 0, ALL);

        assertThatIllegalStateException()
                .isThrownBy(() -> tryWithLock(sealing -> {
                    sealing.purge(tenantId, 1, RETENTION);
                    throw new IllegalStateException("interrupted");
                }));

        assertThat(chains().chained(tenantId, 0, ALL)).isEqualTo(before);
        assertThat(chains().start(tenantId)).isEqualTo(ChainStart.complete(tenantId));
    }

    private List<TenantId> tenants() {
        List<TenantId> all = new ArrayList<>();
        for (Optional<TenantId> next = chains().tenantAfter(null); next.isPresent(); ) {
            all.add(next.get());
            next = chains().tenantAfter(next.get());
        }
        return all;
    }

    private List<Chained> expired(int limit) {
        return tryWithLock(sealing -> sealing.expired(tenantId, RETENTION, limit));
    }

    private void purge(long upTo) {
        tryWithLock(sealing -> {
            sealing.purge(tenantId, upTo, RETENTION);
            return true;
        });
    }

    private AuditChainStore chains() {
        return persistence().auditChains();
    }

    private AuditEvent appended(AuditEvent event) {
        transact(repositories -> repositories.audit().append(event));
        return event;
    }

    private List<AuditEvent> pendingHere() {
        return tryWithLock(sealing -> sealing.pending(ALL)).stream()
                .filter(event -> event.tenantId().equals(tenantId))
                .toList();
    }

    private void sealAll() {
        int sealed = 1;
        while (sealed > 0) {
            sealed = tryWithLock(sealing -> seal(sealing, ALL));
        }
    }

    private void seal(int limit) {
        chains().tryWithLock(sealing -> seal(sealing, limit));
    }

    private static int seal(Sealing sealing, int limit) {
        List<AuditEvent> events = sealing.pending(limit);
        Set<TenantId> tenants = events.stream().map(AuditEvent::tenantId).collect(Collectors.toSet());
        sealing.append(AuditChain.extend(sealing.heads(tenants), events));
        return events.size();
    }

    private <T> T tryWithLock(Function<Sealing, T> work) {
        return chains().tryWithLock(work).orElseThrow();
    }
}
