package dev.jeton.domain.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes fixed-width big-endian base-62 numbers (0-9A-Za-z) as ASCII. */
final class Base62 {
    static final int UUID_LENGTH = 22;

    private static final byte[] DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];
    private static final long UNSIGNED_INT = 0xffff_ffffL;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (byte value = 0; value < DIGITS.length; value++) {
            VALUES[DIGITS[value]] = value;
        }
    }

    private Base62() {}

    static boolean isDigit(char character) {
        return character < VALUES.length && VALUES[character] >= 0;
    }

    static void writeUuid(UUID uuid, byte[] target, int offset) {
        long[] limbs = {
            uuid.getMostSignificantBits() >>> 32, uuid.getMostSignificantBits() & UNSIGNED_INT,
            uuid.getLeastSignificantBits() >>> 32, uuid.getLeastSignificantBits() & UNSIGNED_INT
        };
        for (int i = offset + UUID_LENGTH - 1; i >= offset; i--) {
            long remainder = 0;
            for (int limb = 0; limb < limbs.length; limb++) {
                long dividend = remainder << 32 | limbs[limb];
                limbs[limb] = dividend / DIGITS.length;
                remainder = dividend % DIGITS.length;
            }
            target[i] = DIGITS[(int) remainder];
        }
    }

    /** Returns null if the number does not fit in 128 bits. */
    static @Nullable UUID readUuid(byte[] source, int offset) {
        long[] limbs = new long[4];
        for (int i = offset; i < offset + UUID_LENGTH; i++) {
            long carry = VALUES[source[i]];
            for (int limb = limbs.length - 1; limb >= 0; limb--) {
                long product = limbs[limb] * DIGITS.length + carry;
                limbs[limb] = product & UNSIGNED_INT;
                carry = product >>> 32;
            }
            if (carry != 0) {
                return null;
            }
        }
        return new UUID(limbs[0] << 32 | limbs[1], limbs[2] << 32 | limbs[3]);
    }

    static void writeNumber(long number, byte[] target, int offset, int length) {
        long rest = number;
        for (int i = offset + length - 1; i >= offset; i--) {
            target[i] = DIGITS[(int) (rest % DIGITS.length)];
            rest /= DIGITS.length;
        }
    }

    /** Writes uniformly distributed digits. */
    static void writeRandom(SecureRandom random, byte[] target, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            target[i] = DIGITS[random.nextInt(DIGITS.length)];
        }
    }
}
