package dev.jeton.campaigns.faults;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the database holds of one token when all is over. Immutable.
 *
 * @param label as in the calls; empty: nothing says whose it is
 * @param tokenIds all that were made under that label
 * @param version how often the token that is there was changed, its creation included; 0 if none is there
 * @param audited how many events there are of each deed, in their order
 */
record Found(String label, List<String> tokenIds, State.Phase phase, long expiry, long version, List<Integer> audited) {
    static final Found NOTHING = new Found("", List.of(), State.Phase.ABSENT, 0, 0, State.ABSENT.changes());

    /** Apart from what was written down about it. */
    boolean isSameToken(State state) {
        return state.phase() == phase
                && (!state.isThere() || state.expiry() == expiry && sum(state.changes()) == version);
    }

    boolean isSame(State state) {
        return isSameToken(state) && state.changes().equals(audited);
    }

    private static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }

    String toLine() {
        return Stream.of(
                        "found",
                        label,
                        String.join(",", tokenIds),
                        phase.name(),
                        Long.toString(expiry),
                        Long.toString(version),
                        String.join(",", audited.stream().map(Objects::toString).toList()))
                .reduce((before, part) -> before + "\t" + part)
                .orElseThrow();
    }

    static Found ofLine(String line) {
        String[] parts = line.split("\t", -1);
        return new Found(
                parts[1],
                Stream.of(parts[2].split(",")).filter(id -> !id.isEmpty()).toList(),
                State.Phase.valueOf(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Stream.of(parts[6].split(",")).map(Integer::valueOf).toList());
    }
}
