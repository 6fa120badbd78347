package dev.jeton.benchmark;

import dev.jeton.benchmark.LoadProcess.Measured;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A subject and its reference, measured in turn so that other load affects both. Immutable.
 *
 * @param reference its round with the median figure
 * @param subject its round with the median figure
 * @param ratio the median over the rounds of the subject's figure divided by the reference's
 * @param cores used in the subject's round, but with the most that others used in any round
 */
record Comparison(Measured reference, Measured subject, double ratio, CoreUse cores) {

    /** Compares the rates of right answers. */
    static Comparison ofRates(int rounds, Supplier<Measured> reference, Supplier<Measured> subject) {
        return measure(rounds, reference, subject, Measured::perSecond);
    }

    /** Compares the median latencies. */
    static Comparison ofLatencies(int rounds, Supplier<Measured> reference, Supplier<Measured> subject) {
        return measure(rounds, reference, subject, measured -> measured.report().p50Millis());
    }

    /** Compares the 99th percentiles of the latencies. */
    static Comparison ofTails(int rounds, Supplier<Measured> reference, Supplier<Measured> subject) {
        return measure(rounds, reference, subject, measured -> measured.report().p99Millis());
    }

    static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static Comparison measure(
            int rounds, Supplier<Measured> reference, Supplier<Measured> subject, ToDoubleFunction<Measured> figure) {
        List<Measured> references = new ArrayList<>();
        List<Measured> subjects = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            references.add(reference.get());
            subjects.add(subject.get());
            ratios.add(figure.applyAsDouble(subjects.get(round)) / figure.applyAsDouble(references.get(round)));
        }
        CoreUse cores = Stream.concat(references.stream(), subjects.stream())
                .map(Measured::cores)
                .reduce(middle(subjects, figure).cores(), CoreUse::withOthersOf);
        return new Comparison(middle(references, figure), middle(subjects, figure), median(ratios), cores);
    }

    private static Measured middle(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(figure))
                .toList()
                .get(rounds.size() / 2);
    }
}
