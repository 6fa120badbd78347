package dev.jeton.domain.audit;

import java.util.Arrays;
import java.util.HexFormat;

/** A hash in an audit chain. Its length is not checked: stored hashes may have been tampered with. Immutable. */
public final class ChainHash {
    /** The predecessor of the first hash of every chain: 32 zero bytes. */
    public static final ChainHash ZERO = new ChainHash(new byte[32]);

    private final byte[] bytes;

    public ChainHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits */
    public static ChainHash parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != ZERO.bytes.length) {
            throw new IllegalArgumentException("A chain hash must have 64 hexadecimal digits, not " + hex.length());
        }
        return new ChainHash(bytes);
    }

    /** Returns a copy. */
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

    /** Returns the bytes in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
