package dev.jeton.campaigns.faults;

import dev.jeton.campaigns.faults.BrokenPromise.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares all calls with the final state of the database, token by token. Reports the first violation of each token. */
final class Judge {
    private static final Set<String> ALWAYS_WRONG = Set.of(
            "INTERNAL", "UNKNOWN", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED", "DATA_LOSS", "ABORTED");

    private Judge() {}

    static List<BrokenPromise> judge(Collection<Call> calls, Collection<StoredToken> stored) {
        Map<String, List<Call>> callsByLabel =
                calls.stream().collect(Collectors.groupingBy(Call::label, LinkedHashMap::new, Collectors.toList()));
        Map<String, StoredToken> storedByLabel = stored.stream()
                .collect(Collectors.toMap(StoredToken::label, Function.identity(), (one, other) -> other));
        List<BrokenPromise> violations = new ArrayList<>();
        callsByLabel.forEach(
                (label, ofToken) -> judge(ofToken, storedByLabel.getOrDefault(label, StoredToken.NONE), violations));
        storedByLabel.values().stream()
                .filter(token -> !callsByLabel.containsKey(token.label()))
                .forEach(token -> violations.add(new BrokenPromise(Kind.UNAUDITED, "no call created " + token)));
        return violations;
    }

    private static void judge(List<Call> calls, StoredToken stored, List<BrokenPromise> violations) {
        String label = calls.get(0).label();
        Set<String> ids = new LinkedHashSet<>(stored.tokenIds());
        calls.stream().map(Call::tokenId).filter(id -> !id.isEmpty()).forEach(ids::add);
        if (ids.size() > 1) {
            violations.add(new BrokenPromise(Kind.REPEATED, label + " was created more than once: " + ids));
            return;
        }
        for (Call call : calls) {
            if (ALWAYS_WRONG.contains(call.answer())) {
                violations.add(new BrokenPromise(Kind.WRONG, "nothing justifies the answer to " + call));
                return;
            }
        }
        for (Call call : calls) {
            if (call.answer().equals("ALLOWED") && isAfterRevocation(call, calls)) {
                violations.add(new BrokenPromise(Kind.REVIVED, "revoked before it started: " + call));
                return;
            }
        }
        if (stored.phase() == TokenState.Phase.ABSENT
                && calls.stream().anyMatch(call -> call.isAcknowledged(TokenOperation.CREATE))) {
            violations.add(new BrokenPromise(Kind.LOST, label + " was created and is not stored"));
        } else if (!Linearizability.explains(calls, end -> true)) {
            violations.add(new BrokenPromise(Kind.WRONG, "no order explains the answers about " + label));
        } else if (!Linearizability.explains(calls, stored::matches)) {
            violations.add(new BrokenPromise(Kind.LOST, "no order explains the answers and " + stored));
        } else if (!Linearizability.explains(calls, stored::matchesWithAudit)) {
            violations.add(
                    new BrokenPromise(Kind.UNAUDITED, "no order has as many changes as were audited: " + stored));
        }
    }

    /** Whether a revocation was acknowledged before the call, and no other call can have undone it. */
    private static boolean isAfterRevocation(Call verification, List<Call> calls) {
        return calls.stream()
                .filter(call -> call.isAcknowledgedChange() && call.ended() < verification.started())
                .anyMatch(call -> call.operation() == TokenOperation.DELETE
                        || call.operation() == TokenOperation.CANCEL
                                && calls.stream()
                                        .noneMatch(other -> other.operation() == TokenOperation.REACTIVATE
                                                && other.latestEffect() > call.started()
                                                && other.started() < verification.ended()));
    }
}
