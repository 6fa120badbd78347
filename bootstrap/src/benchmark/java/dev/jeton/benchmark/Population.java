package dev.jeton.benchmark;

import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import java.util.List;
import java.util.UUID;

/**
 * Any number of tokens, made up again whenever they are needed instead of being kept: each is a function of its number. Their owners take
 * turns. Immutable.
 *
 * @param seed another for each population on one server
 * @param firstMillis when the first was created; one follows every millisecond
 */
record Population(List<Owner> owners, long seed, long firstMillis) {
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_BITS = 0x3fff_ffff_ffff_ffffL;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    Owner owner(int number) {
        return owners.get(number % owners.size());
    }

    long createMillis(int number) {
        return firstMillis + number;
    }

    /** @param random whose state is lost */
    TokenId id(int number, SeededRandom random) {
        random.restart((seed << Integer.SIZE | number) * SPREAD);
        long low = random.nextLong() & RANDOM_BITS | VARIANT;
        return new TokenId(new UUID(createMillis(number) << 16 | VERSION_7, low));
    }

    /** @param random whose state is lost */
    Made token(int number, SeededRandom random) {
        TokenId id = id(number, random);
        return new Made(id, TokenSecret.generate(owner(number).tenantId(), id, random));
    }

    /** A token and its secret. */
    record Made(TokenId id, TokenSecret secret) {}
}
