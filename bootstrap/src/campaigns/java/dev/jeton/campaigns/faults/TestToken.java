package dev.jeton.campaigns.faults;

import dev.jeton.v1.User;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A token that several clients create, use and change. Thread-safe. */
final class TestToken {
    private static final long SOON_MICROS = TimeUnit.SECONDS.toMicros(3);
    private static final long LATER_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int MAX_CALLS = 40;
    private static final int MAX_UNKNOWN = 8;

    private final String label;
    private final User owner;
    private final long firstExpiry;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private volatile String tokenId = "";
    private volatile String secret = "";
    private volatile boolean cancelled;

    TestToken(User owner, SplittableRandom random) {
        this.owner = owner;
        label = new UUID(random.nextLong(), random.nextLong()).toString();
        firstExpiry = randomExpiry(random);
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

    /** Empty until its creation is acknowledged. */
    String secret() {
        return secret;
    }

    /** A random operation, most likely one that has an effect. */
    TokenOperation nextOperation(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (tokenId.isEmpty() || dice < 3) {
            return TokenOperation.CREATE;
        }
        if (dice < 40 && !secret.isEmpty()) {
            return TokenOperation.VERIFY;
        }
        if (dice < 60) {
            return TokenOperation.RENEW;
        }
        if (dice < 65) {
            return TokenOperation.DELETE;
        }
        return cancelled ? TokenOperation.REACTIVATE : TokenOperation.CANCEL;
    }

    /** The same for every attempt to create the token, random for its renewals. */
    long expiry(TokenOperation operation, SplittableRandom random) {
        return operation == TokenOperation.CREATE ? firstExpiry : randomExpiry(random);
    }

    /** @param newSecret empty if the create was a retry */
    void created(String id, String newSecret) {
        tokenId = id;
        if (!newSecret.isEmpty()) {
            secret = newSecret;
        }
    }

    void answered(Call call) {
        calls.incrementAndGet();
        if (call.isUnknown() && call.operation().isChange()) {
            unknown.incrementAndGet();
        }
        if (call.isAcknowledged(TokenOperation.CANCEL) || call.isAcknowledged(TokenOperation.REACTIVATE)) {
            cancelled = call.operation() == TokenOperation.CANCEL;
        }
    }

    /** Whether it has had enough calls. Each unknown outcome multiplies the orders that the judge must try. */
    boolean isUsedUp() {
        return calls.get() >= MAX_CALLS || unknown.get() >= MAX_UNKNOWN;
    }

    private static long randomExpiry(SplittableRandom random) {
        long ahead = random.nextInt(4) == 0 ? SOON_MICROS : LATER_MICROS;
        return Time.now() + ahead / 2 + random.nextLong(ahead);
    }
}
