package dev.jeton.bootstrap.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void percentilesAreWithinTwoPercent() {
        Histogram histogram = new Histogram();
        for (int micros = 1; micros <= 10_000; micros++) {
            histogram.add(micros * 1_000L);
        }

        assertThat(histogram.percentile(50)).isBetween(5_000_000L, 5_100_000L);
        assertThat(histogram.percentile(99)).isBetween(9_900_000L, 10_000_000L);
        assertThat(histogram.max()).isEqualTo(10_000_000);
        assertThat(histogram.count()).isEqualTo(10_000);
    }

    @Test
    void includesTheSmallestAndTheLargest() {
        Histogram histogram = new Histogram();
        histogram.add(0);
        histogram.add(Long.MAX_VALUE);

        assertThat(histogram.percentile(50)).isZero();
        assertThat(histogram.percentile(100)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isZeroWhenEmpty() {
        assertThat(new Histogram().percentile(99)).isZero();
    }
}
