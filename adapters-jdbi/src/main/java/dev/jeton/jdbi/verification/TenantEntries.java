package dev.jeton.jdbi.verification;

import dev.jeton.domain.user.UserId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state shared by a tenant's cached entries while its changes are followed without a gap. After a gap the tenant gets a new instance, and
 * entries of the old one count as misses. {@link TokenTable} writes under its monitor; reads need no lock.
 */
final class TenantEntries extends BoundedMap.Held {
    private static final int BYTES = 400;
    private static final int BYTES_PER_CHANGED_USER = 100;

    /** With more changed users the tenant starts over. */
    static final int MAX_CHANGED_USERS = 10_000;

    /** The number of each user's last change. Tokens of the user that were read before it count as misses. */
    private final Map<UUID, Long> changedUsers = new ConcurrentHashMap<>();

    private volatile Position applied;

    TenantEntries(Position applied) {
        this.applied = applied;
    }

    /** Returns the position that all valid entries reflect. */
    Position applied() {
        return applied;
    }

    /** Call after dropping everything that the changes up to {@code position} made outdated. */
    void apply(Position position) {
        applied = position;
    }

    /** Returns false if there are too many changed users. */
    boolean userChanged(UUID userId, long number) {
        changedUsers.put(userId, number);
        return changedUsers.size() <= MAX_CHANGED_USERS;
    }

    /** Whether what was read of the user at that number is still valid. */
    boolean isCurrent(UserId userId, long number) {
        if (changedUsers.isEmpty()) {
            return true;
        }
        Long changed = changedUsers.get(userId.value());
        return changed == null || number >= changed;
    }

    @Override
    int bytes() {
        return BYTES + BYTES_PER_CHANGED_USER * changedUsers.size();
    }
}
