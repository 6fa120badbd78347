package dev.jeton.benchmark.load;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The expected message of an answer: one with any of these prefixes, or the request itself. Immutable.
 *
 * @param beginnings the prefixes; empty: the message equals the request
 */
public record Expectation(List<byte[]> beginnings) implements Serializable {
    private static final int MESSAGE_PREFIX = 5;

    /** Expects the request. */
    public static Expectation echo() {
        return new Expectation(List.of());
    }

    /** @param beginnings accepted prefixes, in hexadecimal digits */
    public static Expectation beginning(String... beginnings) {
        return new Expectation(
                Arrays.stream(beginnings).map(HexFormat.of()::parseHex).toList());
    }

    /** Whether the frame of {@code length} bytes at {@code offset} contains exactly one message, as expected. */
    boolean isMetBy(ByteBuffer frames, int offset, int length, Messages messages, int message) {
        int answer = length - MESSAGE_PREFIX;
        if (answer < 0 || frames.get(offset) != 0 || frames.getInt(offset + 1) != answer) {
            return false;
        }
        int start = offset + MESSAGE_PREFIX;
        if (beginnings.isEmpty()) {
            return answer == messages.length(message) && isEcho(frames, start, messages, message);
        }
        for (byte[] beginning : beginnings) {
            if (answer >= beginning.length && begins(frames, start, beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEcho(ByteBuffer frames, int start, Messages messages, int message) {
        for (int i = 0; i < messages.length(message); i++) {
            if (frames.get(start + i) != messages.at(message, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean begins(ByteBuffer frames, int start, byte[] beginning) {
        for (int i = 0; i < beginning.length; i++) {
            if (frames.get(start + i) != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
