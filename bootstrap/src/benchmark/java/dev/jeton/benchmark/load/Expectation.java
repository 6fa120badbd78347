package dev.jeton.benchmark.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the message of a right answer is like: it begins with one of these bytes, or it is the request's message. Immutable.
 *
 * @param beginnings empty: the request's message
 */
public record Expectation(List<byte[]> beginnings) {
    private static final int MESSAGE_PREFIX = 5;
    private static final String ECHO = "echo";

    /** The message sent comes back. */
    public static Expectation echo() {
        return new Expectation(List.of());
    }

    /** @param beginnings in hexadecimal digits */
    public static Expectation beginning(String... beginnings) {
        return new Expectation(
                Arrays.stream(beginnings).map(HexFormat.of()::parseHex).toList());
    }

    /** Whether the frame of {@code length} bytes at {@code offset} holds one whole, right message, and nothing else. */
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

    static Expectation parse(String text) {
        return text.equals(ECHO) ? echo() : beginning(text.split("\\+"));
    }

    @Override
    public String toString() {
        return beginnings.isEmpty()
                ? ECHO
                : beginnings.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("+"));
    }
}
