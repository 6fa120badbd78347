package dev.jeton.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The tokens in the server's database: a population of ten tenants and one of many, both made as they are asked for. Not thread-safe. */
final class Tokens {
    private static final int FEW_TENANTS = 10;
    private static final long A_DAY = 86_400_000;

    private final Scene scene;
    private final Population ten;
    private int filled;
    private int files;

    Tokens(Scene scene) {
        this.scene = scene;
        ten = population(FEW_TENANTS, 1);
    }

    /** In ten tenants. */
    Population ten() {
        return ten;
    }

    /** How many there are in the ten tenants. */
    int filled() {
        return filled;
    }

    /** Fills the ten tenants up to so many tokens in all. */
    void fillTo(int count) {
        if (count > filled) {
            fill(ten, filled, count);
            filled = count;
        }
    }

    /** So many tokens in so many tenants. */
    Population spread(int tenants, int count) {
        Population spread = population(tenants, 2);
        fill(spread, 0, count);
        return spread;
    }

    /** Requests for the first tokens of a population. */
    Path requests(Population population, int count) {
        return requests(population, IntStream.range(0, count), number -> 0);
    }

    /** Requests for so many of a population's first {@code of} tokens, all different, in no order. */
    Path requestsAtRandom(Population population, int count, int of) {
        return requests(
                population, new SplittableRandom(1).ints(0, of).distinct().limit(count), number -> 0);
    }

    /** @param expectation see {@link VerifyLoads} */
    Path requests(Population population, IntStream numbers, IntUnaryOperator expectation) {
        return VerifyMessages.write(scene.file("messages-" + files++), population, numbers, expectation);
    }

    private Population population(int tenants, long seed) {
        List<Owner> owners = new Directory(scene.server()).owners(tenants);
        return new Population(owners, seed, System.currentTimeMillis() - A_DAY);
    }

    private void fill(Population population, int from, int to) {
        long began = System.nanoTime();
        new TokenFill(scene.server().database()).add(population, from, to);
        Progress.say(
                "filled in %,d tokens in %,d tenants in %d s",
                to - from, population.owners().size(), (System.nanoTime() - began) / 1_000_000_000);
    }
}
