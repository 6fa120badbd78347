package dev.jeton.jdbi.verification;

import java.util.List;
import java.util.UUID;

/**
 * One change of a tenant and the ids it touched.
 *
 * @param position after the change
 * @param previousTag the tag of the position before
 * @param everything whether to drop all cached entries of the tenant
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

    /** Whether the changes, in this order, lead from one position to the other without a gap. */
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
