package dev.jeton.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static final CoreUse ALONE = new CoreUse(0.2, 1, 0.3, 0.05);
    private static final CoreUse BESIDE_OTHERS = new CoreUse(0.2, 1, 0.3, 0.4);

    private final ResultTable table = new ResultTable();

    @Test
    void tellsWhichRowsWereMeasuredBesideOthers() {
        table.addReference("(a)", "noisy", "1/s", BESIDE_OTHERS);
        int first = table.size();
        table.addReference("(b)", "quiet", "2/s", ALONE);

        assertThat(table.isQuietFrom(first)).isTrue();
        assertThat(table.isQuietFrom(0)).isFalse();
        assertThat(table.toString()).contains("Other processes took up to 0.40 cores");
    }

    @Test
    void forgetsRowsThatAreMeasuredAgain() {
        table.addReference("(a)", "kept", "1/s", ALONE);
        int first = table.size();
        table.addReference("(b)", "noisy", "2/s", BESIDE_OTHERS);

        table.removeFrom(first);

        assertThat(table.toString()).contains("kept").doesNotContain("noisy", "Other processes");
    }
}
