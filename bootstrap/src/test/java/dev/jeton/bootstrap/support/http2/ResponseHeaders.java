package dev.jeton.bootstrap.support.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the one thing of a connection's response headers that matters here, grpc-status. It keeps the table that the server refers to
 * (RFC 7541), but of each entry only its size and what status it says. Not thread-safe.
 */
public final class ResponseHeaders {
    /** The headers said nothing about the status. */
    public static final int NO_STATUS = -1;

    private static final String STATUS = "grpc-status";
    private static final int STATIC_ENTRIES = 61;
    private static final int ENTRY_OVERHEAD = 32;

    /** The size of the table that a server may count on; this client never allows another. */
    private static final int TABLE_SIZE = 4096;

    /** @param status what the entry says, or {@link #NO_STATUS} */
    private record Entry(boolean namesStatus, int nameLength, int size, int status) {}

    private final List<Entry> newestLast = new ArrayList<>();
    private int tableSize;
    private int capacity = TABLE_SIZE;

    /** Reads {@code block} from its position to its limit. */
    public int read(ByteBuffer block) {
        int status = NO_STATUS;
        while (block.hasRemaining()) {
            int first = block.get() & 0xff;
            int said;
            if ((first & 0x80) != 0) {
                said = statusOf(number(block, first, 0x7f));
            } else if ((first & 0x40) != 0) {
                Entry entry = literal(block, number(block, first, 0x3f));
                insert(entry);
                said = entry.status();
            } else if ((first & 0x20) != 0) {
                capacity = number(block, first, 0x1f);
                evict(0);
                continue;
            } else {
                said = literal(block, number(block, first, 0x0f)).status();
            }
            status = Math.max(status, said);
        }
        return status;
    }

    private int statusOf(int index) {
        return index <= STATIC_ENTRIES ? NO_STATUS : dynamic(index).status();
    }

    private Entry dynamic(int index) {
        int age = index - STATIC_ENTRIES - 1;
        if (age >= newestLast.size()) {
            throw new IllegalStateException("The server refers to a header that it never sent");
        }
        return newestLast.get(newestLast.size() - 1 - age);
    }

    private Entry literal(ByteBuffer block, int nameIndex) {
        boolean namesStatus = false;
        int nameLength;
        if (nameIndex == 0) {
            String name = text(block);
            namesStatus = name.equals(STATUS);
            nameLength = name.length();
        } else if (nameIndex <= STATIC_ENTRIES) {
            nameLength = StaticNames.length(nameIndex);
        } else {
            Entry named = dynamic(nameIndex);
            namesStatus = named.namesStatus();
            nameLength = named.nameLength();
        }
        String value = text(block);
        int size = nameLength + value.length() + ENTRY_OVERHEAD;
        return new Entry(namesStatus, nameLength, size, namesStatus ? Integer.parseInt(value) : NO_STATUS);
    }

    private void insert(Entry entry) {
        evict(entry.size());
        if (entry.size() <= capacity) {
            newestLast.add(entry);
            tableSize += entry.size();
        }
    }

    private void evict(int room) {
        while (!newestLast.isEmpty() && tableSize + room > capacity) {
            tableSize -= newestLast.remove(0).size();
        }
    }

    private static int number(ByteBuffer block, int first, int mask) {
        int value = first & mask;
        if (value < mask) {
            return value;
        }
        int shift = 0;
        int next;
        do {
            next = block.get();
            value += (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return value;
    }

    private static String text(ByteBuffer block) {
        int first = block.get() & 0xff;
        if ((first & 0x80) != 0) {
            throw new IllegalStateException("The server compresses headers, which this client cannot read");
        }
        byte[] text = new byte[number(block, first, 0x7f)];
        block.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
