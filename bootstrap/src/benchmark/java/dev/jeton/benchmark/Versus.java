package dev.jeton.benchmark;

import dev.jeton.benchmark.Loads.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Something measured in turn with what it is compared with, so that whatever else goes on disturbs both. Immutable.
 *
 * @param reference the round of the median figure
 * @param subject the same
 * @param ratio the median of the rounds' ratios, of the subject's figure to the reference's
 */
record Versus(Measured reference, Measured subject, double ratio) {

    /** Compares by how many calls a second were answered. */
    static Versus byRate(int rounds, Supplier<Measured> reference, Supplier<Measured> subject) {
        return measure(rounds, reference, subject, Measured::perSecond);
    }

    /** Compares by how long half of the calls took at most. */
    static Versus byLatency(int rounds, Supplier<Measured> reference, Supplier<Measured> subject) {
        return measure(rounds, reference, subject, measured -> measured.report().p50Millis());
    }

    private static Versus measure(
            int rounds, Supplier<Measured> reference, Supplier<Measured> subject, ToDoubleFunction<Measured> figure) {
        List<Measured> references = new ArrayList<>();
        List<Measured> subjects = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Measured compared = reference.get();
            Measured measured = subject.get();
            references.add(compared);
            subjects.add(measured);
            ratios.add(figure.applyAsDouble(measured) / figure.applyAsDouble(compared));
        }
        return new Versus(median(references, figure), median(subjects, figure), Median.of(ratios));
    }

    private static Measured median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(figure))
                .toList()
                .get(rounds.size() / 2);
    }
}
