package dev.jeton.domain.audit;

import java.util.Arrays;
import java.util.HexFormat;

/** A hash in an audit chain; of any length, because what is stored may have been tampered with. Immutable. */
public final class ChainHash {
    /** What stands before the first hash of a chain: 32 zero bytes. */
    public static final ChainHash NONE = new ChainHash(new byte[32]);

    private final byte[] bytes;

    public ChainHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** @throws IllegalArgumentException if it is not the hexadecimal form of 32 bytes */
    public static ChainHash parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != NONE.bytes.length) {
            throw new IllegalArgumentException("A hash has 64 hexadecimal digits, not " + hex.length());
        }
        return new ChainHash(bytes);
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
