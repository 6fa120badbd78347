package dev.jeton.benchmark;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Tokens computed from their numbers instead of held in memory. Owners take turns. Immutable.
 *
 * @param seed different for each population on a server
 * @param firstMillis create time of the first token; the others follow at intervals of a millisecond
 */
record Population(List<Owner> owners, long seed, long firstMillis) {
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_BITS = 0x3fff_ffff_ffff_ffffL;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    /** The user that owns a token. */
    record Owner(TenantId tenantId, UUID userId) {}

    /** A token and its secret. */
    record Entry(TokenId id, TokenSecret secret) {}

    Owner owner(int number) {
        return owners.get(number % owners.size());
    }

    long createMillis(int number) {
        return firstMillis + number;
    }

    /** @param random is seeded again */
    TokenId id(int number, SeededRandom random) {
        random.source = new SplittableRandom((seed << Integer.SIZE | number) * SPREAD);
        long low = random.nextLong() & RANDOM_BITS | VARIANT;
        return new TokenId(new UUID(createMillis(number) << 16 | VERSION_7, low));
    }

    /** @param random is seeded again */
    Entry token(int number, SeededRandom random) {
        TokenId id = id(number, random);
        return new Entry(id, TokenSecret.generate(owner(number).tenantId(), id, random));
    }

    /** Repeatable and fast, but predictable, which is fine for a benchmark's secrets. Not thread-safe. */
    static final class SeededRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        private transient SplittableRandom source = new SplittableRandom(0);

        @Override
        public int nextInt(int bound) {
            return source.nextInt(bound);
        }

        @Override
        public long nextLong() {
            return source.nextLong();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            source.nextBytes(bytes);
        }
    }
}
