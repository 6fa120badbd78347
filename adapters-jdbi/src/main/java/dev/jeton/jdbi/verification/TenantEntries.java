package dev.jeton.jdbi.verification;

import dev.jeton.domain.user.UserId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all entries of one tenant share for as long as its history is followed without a break. After a break the tenant gets a new one, and
 * entries of the old one count as missing. {@link TokenTable} guards it by its monitor; reading needs none.
 */
final class TenantEntries extends BoundedMap.Held {
    private static final int BYTES = 400;

    /** A tenant that changes more users than this begins anew rather than remember them all. */
    static final int MAX_CHANGED_USERS = 10_000;

    /** The number of each user's last change: what was read of the user's tokens before it is missing. */
    private final Map<UUID, Long> changedUsers = new ConcurrentHashMap<>();

    private volatile Position applied;

    TenantEntries(Position applied) {
        this.applied = applied;
    }

    /** Every entry that counts is as the database was at this position. */
    Position applied() {
        return applied;
    }

    /** To be called when nothing that {@code position} made untrue counts any more. */
    void apply(Position position) {
        applied = position;
    }

    /** False if that are too many. */
    boolean userChanged(UUID userId, long number) {
        changedUsers.put(userId, number);
        return changedUsers.size() <= MAX_CHANGED_USERS;
    }

    /** Whether what was read of the user at that number still counts. */
    boolean isCurrent(UserId userId, long number) {
        if (changedUsers.isEmpty()) {
            return true;
        }
        Long changed = changedUsers.get(userId.value());
        return changed == null || number >= changed;
    }

    @Override
    int bytes() {
        return BYTES;
    }
}
