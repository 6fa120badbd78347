package dev.jeton.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.TenantId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private final TenantId tenantId = Tenants.anId();

    @Test
    void countsFromOneWithoutGaps() {
        List<AuditEvent> events =
                List.of(AuditEvents.of(tenantId), AuditEvents.of(tenantId), AuditEvents.withoutActor(tenantId));

        List<ChainLink> links = AuditChain.extend(Map.of(), events);

        assertThat(links).extracting(ChainLink::position).containsExactly(1L, 2L, 3L);
        assertThat(links)
                .extracting(ChainLink::eventId)
                .containsExactlyElementsOf(events.stream().map(AuditEvent::id).toList());
    }

    @Test
    void continuesFromTheHeadOfAChain() {
        List<AuditEvent> events = List.of(AuditEvents.of(tenantId), AuditEvents.of(tenantId), AuditEvents.of(tenantId));
        List<ChainLink> atOnce = AuditChain.extend(Map.of(), events);

        ChainCheckpoint head = ChainCheckpoint.at(atOnce.get(1));

        assertThat(AuditChain.extend(Map.of(tenantId, head), events.subList(2, 3)))
                .containsExactly(atOnce.get(2));
    }

    @Test
    void chainsEachTenantSeparately() {
        TenantId other = Tenants.anId();
        AuditEvent first = AuditEvents.of(tenantId);
        AuditEvent second = AuditEvents.of(tenantId);
        AuditEvent foreign = AuditEvents.of(other);

        List<ChainLink> mixed = AuditChain.extend(Map.of(), List.of(first, foreign, second));

        assertThat(mixed)
                .containsExactly(
                        AuditChain.extend(Map.of(), List.of(first)).get(0),
                        AuditChain.extend(Map.of(), List.of(foreign)).get(0),
                        AuditChain.extend(Map.of(), List.of(first, second)).get(1));
    }

    @Test
    void dependsOnThePreviousHash() {
        AuditEvent event = AuditEvents.of(tenantId);
        ChainCheckpoint one = new ChainCheckpoint(tenantId, 4, ChainHash.ZERO);
        ChainCheckpoint other =
                new ChainCheckpoint(tenantId, 4, AuditChain.next(one, event).hash());

        assertThat(AuditChain.next(one, event).hash())
                .isNotEqualTo(AuditChain.next(other, event).hash());
    }
}
