package dev.jeton.domain.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOrderedIdsTest {
    private static final Instant NOW = Instant.parse("2026-03-05T10:15:30.123456Z");

    private final SecureRandom random = new SecureRandom();
    private final TimeOrderedIds ids = at(NOW);

    @Test
    void hasVersionSevenAndTheRfcVariant() {
        assertThat(Stream.generate(ids::next).limit(1_000))
                .allSatisfy(id -> assertThat(id.version()).isEqualTo(7))
                .allSatisfy(id -> assertThat(id.variant()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00.001Z",
                "2026-03-05T10:15:30.123456789Z",
                "2026-03-05T10:15:30.999999999Z",
                "9999-12-31T23:59:59Z"
            })
    void startsWithTheMilliseconds(String now) {
        Instant time = Instant.parse(now);
        assertThat(milliseconds(at(time).next())).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499_999, 500_000, 999_999})
    void containsTheFractionOfTheMillisecond(int nanos) {
        UUID id = at(Instant.parse("2026-03-05T10:15:30.123Z").plusNanos(nanos)).next();
        assertThat((int) (id.getMostSignificantBits() & 0xfff)).isEqualTo((int) (nanos / 1e6 * 4096));
    }

    @Test
    void increasesAtOneInstant() {
        // More than the 4096 steps of one millisecond, so that the fraction overflows.
        assertIncreasing(Stream.generate(ids::next).limit(10_000).toList());
    }

    @Test
    void neverGoesBack() {
        UUID before = ids.next();
        ids.advanceTo(NOW.minus(Duration.ofHours(1)));
        assertIncreasing(List.of(before, ids.next()));
    }

    @Test
    void continuesAfterAnIdOfAnotherGenerator() {
        TimeOrderedIds ahead = at(NOW.plusSeconds(60));
        for (int i = 0; i < 5_000; i++) {
            UUID last = ahead.next();
            TimeOrderedIds following = at(NOW);
            following.advancePast(last);
            assertIncreasing(List.of(last, following.next()));
        }
    }

    @Test
    void isNotSetBackByAnEarlierId() {
        UUID earlier = at(NOW.minusSeconds(60)).next();
        ids.advancePast(earlier);
        assertThat(milliseconds(ids.next())).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void ordersIdsOfSeveralGeneratorsByTime() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            made.add(at(NOW.plusNanos(i * 1_000L)).next());
        }
        assertIncreasing(made);
    }

    @Test
    void differsBetweenGeneratorsAtTheSameInstant() {
        assertThat(Stream.generate(() -> at(NOW).next()).limit(1_000).distinct())
                .hasSize(1_000);
    }

    @Test
    void usesAllRandomBits() {
        long ones = 0;
        long zeros = 0;
        for (int i = 0; i < 200; i++) {
            long low = ids.next().getLeastSignificantBits();
            ones |= low;
            zeros |= ~low;
        }
        assertThat(ones).isEqualTo(0xbfff_ffff_ffff_ffffL);
        assertThat(zeros).isEqualTo(0x7fff_ffff_ffff_ffffL);
    }

    private TimeOrderedIds at(Instant time) {
        TimeOrderedIds made = new TimeOrderedIds(random);
        made.advanceTo(time);
        return made;
    }

    /** Compares the text form, as PostgreSQL does; java.util.UUID compares signed numbers. */
    private static void assertIncreasing(List<UUID> made) {
        assertThat(made.stream().map(UUID::toString).toList()).isSorted().doesNotHaveDuplicates();
    }

    private static long milliseconds(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
