package dev.jeton.campaigns.faults;

import dev.jeton.v1.User;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One token, from before its creation until clients have done enough with it. Thread-safe. */
final class Life {
    private static final long SOON_MICROS = TimeUnit.SECONDS.toMicros(3);
    private static final long LATER_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int MOST_CALLS = 40;
    private static final int MOST_UNKNOWN = 8;

    private final String label;
    private final User owner;
    private final long firstExpiry;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private volatile String tokenId = "";
    private volatile String secret = "";
    private volatile boolean cancelled;

    Life(User owner, SplittableRandom random) {
        this.owner = owner;
        label = new UUID(random.nextLong(), random.nextLong()).toString();
        firstExpiry = expiry(random);
    }

    String label() {
        return label;
    }

    User owner() {
        return owner;
    }

    String tokenId() {
        return tokenId;
    }

    String secret() {
        return secret;
    }

    /** What to do next, so that it mostly makes a difference. */
    Deed next(SplittableRandom random) {
        calls.incrementAndGet();
        int dice = random.nextInt(100);
        if (tokenId.isEmpty() || dice < 3) {
            return Deed.CREATE;
        }
        if (dice < 40 && !secret.isEmpty()) {
            return Deed.VERIFY;
        }
        if (dice < 60) {
            return Deed.RENEW;
        }
        if (dice < 65) {
            return Deed.DELETE;
        }
        return cancelled ? Deed.REACTIVATE : Deed.CANCEL;
    }

    /** For a renewal; a creation says always the same. */
    long expiry(Deed deed, SplittableRandom random) {
        return deed == Deed.CREATE ? firstExpiry : expiry(random);
    }

    void created(String id, String itsSecret) {
        tokenId = id;
        if (!itsSecret.isEmpty()) {
            secret = itsSecret;
        }
    }

    void note(Call call) {
        if (call.isUnknown() && call.deed().isChange()) {
            unknown.incrementAndGet();
        }
        if (call.isDoneChange() && (call.deed() == Deed.CANCEL || call.deed() == Deed.REACTIVATE)) {
            cancelled = call.deed() == Deed.CANCEL;
        }
    }

    /** What nobody knows multiplies the orders that are to be tried. */
    boolean isOver() {
        return calls.get() >= MOST_CALLS || unknown.get() >= MOST_UNKNOWN;
    }

    private static long expiry(SplittableRandom random) {
        long ahead = random.nextInt(4) == 0 ? SOON_MICROS : LATER_MICROS;
        return Time.now() + ahead / 2 + random.nextLong(ahead);
    }
}
