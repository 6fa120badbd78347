package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base62Test {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);
    private static final BigInteger UUIDS = BigInteger.TWO.pow(128);
    private static final int OFFSET = 3;

    static Stream<UUID> uuids() {
        Stream<UUID> edges = Stream.of(
                new UUID(0, 0),
                new UUID(0, 1),
                new UUID(0, 61),
                new UUID(0, 62),
                new UUID(0, 0xffff_ffffL),
                new UUID(0, 0x1_0000_0000L),
                new UUID(0, Long.MIN_VALUE),
                new UUID(0, -1),
                new UUID(1, 0),
                new UUID(Long.MIN_VALUE, 0),
                new UUID(-1, 0),
                new UUID(-1, -1));
        return Stream.concat(edges, Stream.generate(UUID::randomUUID).limit(500));
    }

    @ParameterizedTest
    @MethodSource("uuids")
    void writesAUuidAsANumber(UUID uuid) {
        byte[] target = new byte[OFFSET + 22 + 1];
        Base62.writeUuid(uuid, target, OFFSET);
        assertThat(new String(target, OFFSET, 22, StandardCharsets.US_ASCII)).isEqualTo(digits(number(uuid), 22));
        assertThat(Base62.readUuid(target, OFFSET)).isEqualTo(uuid);
        assertThat(target).startsWith(0, 0, 0).endsWith(0);
    }

    @Test
    void readsTheHighestUuidAndNothingAbove() {
        assertThat(read(UUIDS.subtract(BigInteger.ONE))).isEqualTo(new UUID(-1, -1));
        assertThat(Stream.of(
                                UUIDS,
                                UUIDS.add(BigInteger.ONE),
                                UUIDS.add(BASE),
                                UUIDS.multiply(BigInteger.TWO),
                                UUIDS.multiply(BigInteger.valueOf(7)),
                                BASE.pow(22).subtract(BigInteger.ONE))
                        .map(Base62Test::read))
                .hasSize(6)
                .containsOnlyNulls();
    }

    @Test
    void rejectsRandomNumbersAboveTheHighestUuid() {
        SecureRandom random = new SecureRandom();
        BigInteger above = BASE.pow(22).subtract(UUIDS);
        for (int i = 0; i < 500; i++) {
            BigInteger number = UUIDS.add(new BigInteger(140, random).mod(above));
            assertThat(read(number)).as(number.toString()).isNull();
        }
    }

    @Test
    void recognizesExactlyItsDigits() {
        String digits = IntStream.rangeClosed(0, Character.MAX_VALUE)
                .filter(character -> Base62.isDigit((char) character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(digits).isEqualTo(DIGITS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 61, 62, 3_843, 0x7fff_ffffL, 0xffff_ffffL})
    void writesNumbersWithLeadingZeros(long number) {
        byte[] target = new byte[6];
        Base62.writeNumber(number, target, 0, 6);
        assertThat(new String(target, StandardCharsets.US_ASCII)).isEqualTo(digits(BigInteger.valueOf(number), 6));
    }

    @Test
    void randomDigitsAreUniform() {
        int perDigit = 10_000;
        byte[] target = new byte[DIGITS.length() * perDigit];
        Base62.writeRandom(new SecureRandom(), target, 0, target.length);
        long[] counts = new long[128];
        for (byte digit : target) {
            counts[digit]++;
        }
        // Eight standard deviations; a byte modulo 62 would deviate more than twice as much.
        for (char digit : DIGITS.toCharArray()) {
            assertThat(counts[digit]).as("count of %s", digit).isBetween(perDigit - 800L, perDigit + 800L);
        }
    }

    private static UUID read(BigInteger number) {
        return Base62.readUuid(digits(number, 22).getBytes(StandardCharsets.US_ASCII), 0);
    }

    private static BigInteger number(UUID uuid) {
        return new BigInteger(uuid.toString().replace("-", ""), 16);
    }

    private static String digits(BigInteger number, int length) {
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BASE)) {
            digits.insert(0, DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        assertThat(digits.length()).isLessThanOrEqualTo(length);
        return "0".repeat(length - digits.length()) + digits;
    }
}
