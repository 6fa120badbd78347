package dev.jeton.bootstrap.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches for many texts at once, in time independent of their number. Finds any {@value #PIECE} consecutive bytes of a text, plain, in
 * hexadecimal digits or in Base64 at any offset. Not thread-safe.
 */
public final class Traces {
    static final int PIECE = 16;

    /** Enough to filter out nearly everything else. */
    private static final int FILTER_BITS = 26;

    private static final VarHandle NUMBERS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final BitSet filter = new BitSet(1 << FILTER_BITS);
    private final Map<String, String> names = new HashMap<>();

    /** @param name reported when the text is found */
    public void add(String name, String text) {
        add(name, text.getBytes(US_ASCII));
    }

    public void add(String name, byte[] bytes) {
        addPieces(name, new String(bytes, ISO_8859_1));
        addPieces(name + " in hexadecimal digits", HexFormat.of().formatHex(bytes));
        addPieces(
                name + " in hexadecimal digits", HexFormat.of().withUpperCase().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            // Within a longer encoded text, the first and last digits also encode the neighbouring bytes.
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String digits = encoder.withoutPadding().encodeToString(shifted);
                int whole = shifted.length * 8 / 6;
                addPieces(name + " in Base64", digits.substring(shift == 0 ? 0 : shift + 1, whole));
            }
        }
    }

    /** The sorted names of the texts found in the content. */
    public Set<String> in(byte[] content) {
        Set<String> found = new TreeSet<>();
        for (int at = 0; at + PIECE <= content.length; at++) {
            if (filter.get(slot(content, at))) {
                String name = names.get(new String(content, at, PIECE, ISO_8859_1));
                if (name != null) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    public Set<String> in(String content) {
        return in(content.getBytes(ISO_8859_1));
    }

    private void addPieces(String name, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (int at = 0; at + PIECE <= bytes.length; at++) {
            filter.set(slot(bytes, at));
            names.put(text.substring(at, at + PIECE), name);
        }
    }

    private static int slot(byte[] bytes, int at) {
        return (int) ((number(bytes, at) * MIX ^ Long.rotateLeft(number(bytes, at + Long.BYTES), 31)) * MIX
                >>> Long.SIZE - FILTER_BITS);
    }

    private static long number(byte[] bytes, int at) {
        return (long) NUMBERS.get(bytes, at);
    }
}
