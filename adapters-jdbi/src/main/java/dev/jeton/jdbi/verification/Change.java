package dev.jeton.jdbi.verification;

import java.util.List;
import java.util.UUID;

/**
 * One step of a tenant and what it touched.
 *
 * @param position where it led to
 * @param previousTag the tag of the position before
 * @param everything whether all that is known of the tenant is to be forgotten
 */
record Change(
        Position position,
        UUID previousTag,
        boolean everything,
        List<UUID> tokenIds,
        List<UUID> userIds,
        List<UUID> workloadIds) {

    boolean follows(Position other) {
        return position.number() == other.number() + 1 && previousTag.equals(other.tag());
    }

    /** Whether these, in their order, lead from one position to the other without a gap. */
    static boolean lead(Position from, List<Change> changes, Position to) {
        Position reached = from;
        for (Change change : changes) {
            if (!change.follows(reached)) {
                return false;
            }
            reached = change.position();
        }
        return reached.equals(to);
    }
}
