package dev.jeton.domain.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOrderedIdsTest {
    private final MutableClock clock = new MutableClock();
    private final SecureRandom random = new SecureRandom();
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, random);

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
        clock.set(Instant.parse(now));
        assertThat(milliseconds(ids.next())).isEqualTo(clock.instant().toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499_999, 500_000, 999_999})
    void containsTheFractionOfTheMillisecond(int nanos) {
        clock.set(Instant.parse("2026-03-05T10:15:30.123Z").plusNanos(nanos));
        int fraction = (int) (ids.next().getMostSignificantBits() & 0xfff);
        assertThat(fraction).isEqualTo((int) (nanos / 1e6 * 4096));
    }

    @Test
    void increasesWhileTheClockStandsStill() {
        // More than the 4096 steps of one millisecond, so that the fraction overflows.
        assertIncreasing(Stream.generate(ids::next).limit(10_000).toList());
    }

    @Test
    void increasesWhenTheClockGoesBack() {
        UUID before = ids.next();
        clock.advance(Duration.ofHours(-1));
        UUID after = ids.next();
        clock.advance(Duration.ofDays(-365));
        assertIncreasing(List.of(before, after, ids.next()));
    }

    @Test
    void increasesWithAClockBeforeTheEpoch() {
        clock.set(Instant.parse("1969-07-20T20:17:40.5Z"));
        UUID first = ids.next();
        assertThat(first.version()).isEqualTo(7);
        assertIncreasing(List.of(first, ids.next()));
    }

    @Test
    void ordersIdsOfSeveralGeneratorsByTime() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            made.add(new TimeOrderedIds(clock, random).next());
            clock.advance(Duration.ofNanos(1_000));
        }
        assertIncreasing(made);
    }

    @Test
    void catchesUpWithTheClockAfterABurst() {
        IntStream.range(0, 10_000).forEach(i -> ids.next());
        clock.advance(Duration.ofSeconds(1));
        assertThat(milliseconds(ids.next())).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void differsBetweenGeneratorsAtTheSameInstant() {
        assertThat(Stream.generate(() -> new TimeOrderedIds(clock, random).next())
                        .limit(1_000)
                        .distinct())
                .hasSize(1_000);
    }

    @Test
    void usesAllRandomBits() {
        long ones = 0;
        long zeros = 0;
        for (int i = 0; i < 200; i++) {
            ones |= ids.next().getLeastSignificantBits();
            zeros |= ~ids.next().getLeastSignificantBits();
        }
        assertThat(ones).isEqualTo(0xbfff_ffff_ffff_ffffL);
        assertThat(zeros).isEqualTo(0x7fff_ffff_ffff_ffffL);
    }

    @Test
    void isUniqueAndIncreasingForEightThreads() throws Exception {
        int threads = 8;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<List<UUID>> task =
                    () -> Stream.generate(ids::next).limit(each).toList();
            Set<Long> timestamps = new HashSet<>();
            for (Future<List<UUID>> made :
                    pool.invokeAll(Stream.generate(() -> task).limit(threads).toList())) {
                assertIncreasing(made.get());
                made.get().forEach(id -> timestamps.add(id.getMostSignificantBits()));
            }
            // The time parts do not repeat either: uniqueness does not depend on randomness.
            assertThat(timestamps).hasSize(threads * each);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Compares the text form, as PostgreSQL does; java.util.UUID compares signed numbers. */
    private static void assertIncreasing(List<UUID> made) {
        assertThat(made.stream().map(UUID::toString).toList()).isSorted().doesNotHaveDuplicates();
    }

    private static long milliseconds(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
