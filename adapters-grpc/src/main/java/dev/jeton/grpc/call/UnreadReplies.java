package dev.jeton.grpc.call;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.grpc.error.CallRefused;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of replies that wait in memory because clients do not read them, so that they cannot fill it. Above its limit a tenant's
 * calls are refused. A reply that stays unread is discarded. Thread-safe.
 */
public final class UnreadReplies {
    private static final long MEBIBYTE = 1 << 20;

    /** Of one tenant. */
    static final long MAX_BYTES_PER_TENANT = 16 * MEBIBYTE;

    /** Of all tenants. Above it a tenant's limit is {@link #MIN_BYTES_PER_TENANT}. */
    private static final long MAX_BYTES = 64 * MEBIBYTE;

    private static final long MIN_BYTES_PER_TENANT = MEBIBYTE;

    private final Map<TenantId, Long> bytesOf = new ConcurrentHashMap<>();
    private final AtomicLong allBytes = new AtomicLong();
    private final Set<Reply> unread = ConcurrentHashMap.newKeySet();

    /** @throws CallRefused with SERVER_OVERLOADED if too much is unread */
    private void admit(TenantId tenantId) {
        if (isOverLimit(tenantId)) {
            throw CallRefused.repliesUnread();
        }
    }

    private boolean isOverLimit(TenantId tenantId) {
        long limit = allBytes.get() > MAX_BYTES ? MIN_BYTES_PER_TENANT : MAX_BYTES_PER_TENANT;
        return bytesOf.getOrDefault(tenantId, 0L) > limit;
    }

    private void add(TenantId tenantId, long bytes) {
        bytesOf.merge(tenantId, bytes, (before, more) -> before + more == 0 ? null : before + more);
        allBytes.addAndGet(bytes);
    }

    /** Ends the calls whose replies have been unread for longer than {@code limit}. */
    public void discardOlderThan(Duration limit) {
        long now = System.nanoTime();
        unread.stream()
                .filter(reply -> now - reply.sentNanos >= limit.toNanos())
                .forEach(reply -> reply.reset.run());
    }

    /** @param reset ends a call whose reply is discarded */
    Reply newReply(Runnable reset) {
        return new Reply(reset);
    }

    /** The reply of one call. Thread-safe. */
    final class Reply {
        private final Runnable reset;
        private @Nullable TenantId tenantId;
        private long bytes;
        private boolean sent;
        private boolean ended;
        private volatile long sentNanos;

        private Reply(Runnable reset) {
            this.reset = reset;
        }

        /** Names the tenant of the authenticated caller. */
        synchronized void chargeTo(TenantId caller) {
            tenantId = caller;
        }

        /** @throws CallRefused with SERVER_OVERLOADED if too many of the tenant's replies are unread */
        void admit(TenantId caller) {
            chargeTo(caller);
            UnreadReplies.this.admit(caller);
        }

        synchronized void setBytes(int size) {
            bytes = size;
        }

        /**
         * Call it before the reply is sent.
         *
         * @return false if the reply is optional and too many of the tenant's are unread; do not send it then
         */
        synchronized boolean send(boolean optional) {
            if (tenantId == null || bytes == 0 || sent || ended) {
                return true;
            }
            if (optional && isOverLimit(tenantId)) {
                return false;
            }
            sent = true;
            sentNanos = System.nanoTime();
            add(tenantId, bytes);
            unread.add(this);
            return true;
        }

        /** Call it when the reply has been read, or the call was cancelled. */
        synchronized void end() {
            if (sent && !ended && tenantId != null) {
                unread.remove(this);
                add(tenantId, -bytes);
            }
            ended = true;
        }
    }
}
