package dev.jeton.domain.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.text.WorkloadName;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final Instant NOW = Instant.parse("2026-03-06T10:15:30.000001Z");
    private static final WorkloadName OTHER_NAME = new WorkloadName("mistral-7b");

    private final Workload model = Workloads.model(Tenants.anId());

    @Test
    void startsActive() {
        assertThat(model.state()).isEqualTo(WorkloadState.ACTIVE);
        assertThat(model.revision().version()).isEqualTo(1);
    }

    @Test
    void updatesGivenFieldsAndKeepsTheRest() {
        assertThat(model.update(OTHER_NAME, null, NOW))
                .isEqualTo(new Workload(
                        model.tenantId(),
                        model.id(),
                        OTHER_NAME,
                        WorkloadKind.MODEL,
                        WorkloadState.ACTIVE,
                        model.revision().next(NOW)));
        Workload service = model.disable(NOW).update(null, WorkloadKind.SERVICE, NOW);
        assertThat(service.kind()).isEqualTo(WorkloadKind.SERVICE);
        assertThat(service.name()).isEqualTo(model.name());
        assertThat(service.state()).isEqualTo(WorkloadState.DISABLED);
    }

    @Test
    void isDisabledAndEnabled() {
        Workload disabled = model.disable(NOW);
        assertThat(disabled.state()).isEqualTo(WorkloadState.DISABLED);
        assertThat(disabled.revision()).isEqualTo(model.revision().next(NOW));
        assertThat(disabled.enable(NOW).state()).isEqualTo(WorkloadState.ACTIVE);
    }

    @Test
    void returnsTheSameInstanceWhenNothingChanges() {
        Workload disabled = model.disable(NOW);
        assertThat(disabled.disable(NOW)).isSameAs(disabled);
        assertThat(model.enable(NOW)).isSameAs(model);
        assertThat(model.update(null, null, NOW)).isSameAs(model);
        assertThat(model.update(model.name(), model.kind(), NOW)).isSameAs(model);
    }

    @Test
    void ordersIdsByTheirText() {
        // java.util.UUID would sort the highest first, because it compares signed numbers.
        assertThat(Stream.of(new UUID(-1, -1), new UUID(0, 1), new UUID(0, -1), new UUID(0, 0))
                        .map(WorkloadId::new)
                        .sorted()
                        .map(WorkloadId::toString))
                .containsExactly(
                        "00000000-0000-0000-0000-000000000000",
                        "00000000-0000-0000-0000-000000000001",
                        "00000000-0000-0000-ffff-ffffffffffff",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff");
    }
}
