package dev.jeton.benchmark.load;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Request messages in memory, each with the number of the {@link Expectation} for its answer. Read from a file written by {@link Writer}.
 * Immutable.
 */
public final class Messages {
    private final ByteBuffer bytes;
    private final int[] offsets;

    private Messages(ByteBuffer bytes, int[] offsets) {
        this.bytes = bytes;
        this.offsets = offsets;
    }

    static Messages read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int[] offsets = new int[1024];
        int count = 0;
        for (int offset = 0; offset < bytes.capacity(); offset += 3 + bytes.getShort(offset)) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            offsets[count++] = offset;
        }
        if (count == 0) {
            throw new IOException("No messages in " + file);
        }
        return new Messages(bytes, Arrays.copyOf(offsets, count));
    }

    int count() {
        return offsets.length;
    }

    int length(int message) {
        return bytes.getShort(offsets[message]);
    }

    /** The number of the expectation for the answer. */
    int expectation(int message) {
        return bytes.get(offsets[message] + 2);
    }

    byte at(int message, int index) {
        return bytes.get(offsets[message] + 3 + index);
    }

    void writeTo(ByteBuffer out, int message) {
        out.put(bytes.array(), offsets[message] + 3, length(message));
    }

    /** Writes the file. Not thread-safe. */
    public static final class Writer implements AutoCloseable {
        private final DataOutputStream out;

        public Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        }

        /** @param expectation its index in {@link LoadPlan#expectations()} */
        public void add(byte[] message, int expectation) throws IOException {
            if (message.length > Short.MAX_VALUE) {
                throw new IOException("Message of " + message.length + " bytes; the limit is " + Short.MAX_VALUE);
            }
            out.writeShort(message.length);
            out.writeByte(expectation);
            out.write(message);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
