package dev.jeton.domain.resource;

import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The create time, update time and version of a resource.
 *
 * @param createTime truncated to microseconds
 * @param updateTime truncated to microseconds; equal to {@code createTime} for a new resource
 * @param version 1 for a new resource; each change adds 1
 */
public record Revision(Instant createTime, Instant updateTime, long version) {

    public Revision {
        createTime = createTime.truncatedTo(ChronoUnit.MICROS);
        updateTime = updateTime.truncatedTo(ChronoUnit.MICROS);
    }

    public static Revision first(Instant now) {
        return new Revision(now, now, 1);
    }

    public Revision next(Instant now) {
        return new Revision(createTime, now, version + 1);
    }

    /**
     * Returns the tag of this revision. It contains the update time, so that an etag from changes that a restore has lost does not match
     * another change with the same version.
     */
    public Etag etag() {
        byte[] revision = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(version)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, updateTime))
                .array();
        return new Etag(Base64.getUrlEncoder().withoutPadding().encodeToString(revision));
    }

    /**
     * @param expected the etag the caller read; null to skip the check
     * @throws Conflict with ETAG_MISMATCH if it is not the current one
     */
    public void requireEtag(@Nullable Etag expected) {
        if (expected != null && !expected.equals(etag())) {
            throw new Conflict(
                    ErrorReason.ETAG_MISMATCH,
                    "etag is out of date: the resource has changed; read it again and retry with its current etag");
        }
    }
}
