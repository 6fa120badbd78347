package dev.jeton.campaigns.faults;

import dev.jeton.campaigns.faults.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says what in a {@link Account} cannot be, token by token, each with the first reason that is found. */
final class Judge {
    private static final Set<String> ALWAYS_WRONG = Set.of(
            "INTERNAL", "UNKNOWN", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED", "DATA_LOSS", "ABORTED");

    private Judge() {}

    static List<Violation> judge(Account account) {
        Map<String, List<Call>> calls = account.calls().stream()
                .collect(Collectors.groupingBy(Call::label, LinkedHashMap::new, Collectors.toList()));
        Map<String, Found> found = account.found().stream()
                .collect(Collectors.toMap(Found::label, Function.identity(), (one, other) -> other));
        List<Violation> violations = new ArrayList<>();
        calls.forEach((label, its) -> judge(its, found.getOrDefault(label, Found.NOTHING), violations));
        found.values().stream()
                .filter(one -> !calls.containsKey(one.label()))
                .forEach(one -> violations.add(new Violation(Kind.UNAUDITED, "nobody asked for " + one)));
        return violations;
    }

    private static void judge(List<Call> calls, Found found, List<Violation> violations) {
        String label = calls.get(0).label();
        Set<String> ids = new LinkedHashSet<>(found.tokenIds());
        calls.stream().map(Call::tokenId).filter(id -> !id.isEmpty()).forEach(ids::add);
        if (ids.size() > 1) {
            violations.add(new Violation(Kind.REPEATED, label + " was made more than once: " + ids));
            return;
        }
        for (Call call : calls) {
            if (ALWAYS_WRONG.contains(call.answer())) {
                violations.add(new Violation(Kind.WRONG, "nothing justifies the answer to " + call));
                return;
            }
        }
        for (Call call : calls) {
            if (call.answer().equals("ALLOWED") && isRevoked(call, calls)) {
                violations.add(new Violation(Kind.REVIVED, "revoked before it was asked: " + call));
                return;
            }
        }
        if (found.phase() == State.Phase.ABSENT && calls.stream().anyMatch(Judge::isDoneCreate)) {
            violations.add(new Violation(Kind.LOST, label + " was made and is not there"));
        } else if (!Search.explains(calls, end -> true)) {
            violations.add(new Violation(Kind.WRONG, "no order explains the answers about " + label));
        } else if (!Search.explains(calls, found::isSameToken)) {
            violations.add(new Violation(Kind.LOST, "no order explains the answers and " + found));
        } else if (!Search.explains(calls, found::isSame)) {
            violations.add(new Violation(Kind.UNAUDITED, "no order changes it as often as was written down, " + found));
        }
    }

    private static boolean isDoneCreate(Call call) {
        return call.deed() == Deed.CREATE && call.isDoneChange();
    }

    /** Whether a revocation was acknowledged before the call, and nothing can have undone it. */
    private static boolean isRevoked(Call verification, List<Call> calls) {
        return calls.stream()
                .filter(call -> call.isDoneChange() && call.answered() < verification.asked())
                .anyMatch(call -> call.deed() == Deed.DELETE
                        || call.deed() == Deed.CANCEL
                                && calls.stream()
                                        .noneMatch(other -> other.deed() == Deed.REACTIVATE
                                                && other.over() > call.asked()
                                                && other.asked() < verification.answered()));
    }
}
