package dev.jeton.domain.resource;

import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a resource came to be and last changed, and how often it has changed.
 *
 * @param createTime whole microseconds (what is finer is cut off)
 * @param updateTime the same; equal to {@code createTime} for a new resource
 * @param version 1 for a new resource, one more with every change
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

    public Etag etag() {
        return new Etag(Long.toString(version));
    }

    /**
     * @param expected what the caller believes to be current; null if it does not care
     * @throws Conflict with ETAG_MISMATCH if it is not
     */
    public void requireEtag(@Nullable Etag expected) {
        if (expected != null && !expected.equals(etag())) {
            throw new Conflict(
                    ErrorReason.ETAG_MISMATCH,
                    "etag is not the current one: the resource has changed since; read it again and retry with its new etag");
        }
    }
}
