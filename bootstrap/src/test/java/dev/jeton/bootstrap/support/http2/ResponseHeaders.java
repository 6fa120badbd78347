package dev.jeton.bootstrap.support.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads grpc-status from a connection's response headers (RFC 7541), cheaply enough for a load generator. Of the dynamic table it keeps only
 * sizes and statuses. Not thread-safe.
 */
public final class ResponseHeaders {
    /** The headers contain no status. */
    public static final int NO_STATUS = -1;

    private static final String STATUS = "grpc-status";
    /** The names of the static table (RFC 7541, appendix A). */
    private static final String[] STATIC_NAMES = """
            :authority :method :method :path :path :scheme :scheme :status :status :status :status :status :status :status
            accept-charset accept-encoding accept-language accept-ranges accept access-control-allow-origin age allow
            authorization cache-control content-disposition content-encoding content-language content-length
            content-location content-range content-type cookie date etag expect expires from host if-match
            if-modified-since if-none-match if-range if-unmodified-since last-modified link location max-forwards
            proxy-authenticate proxy-authorization range referer refresh retry-after server set-cookie
            strict-transport-security transfer-encoding user-agent vary via www-authenticate
            """.split("\\s+");

    private static final int STATIC_ENTRIES = STATIC_NAMES.length;
    private static final int ENTRY_OVERHEAD = 32;

    /** The size of the table that a server may use; this client never sets another. */
    private static final int TABLE_SIZE = 4096;

    /** @param status the entry's value, or {@link #NO_STATUS} */
    private record Entry(boolean namesStatus, int nameLength, int size, int status) {}

    private final List<Entry> newestLast = new ArrayList<>();
    private int tableSize;
    private int capacity = TABLE_SIZE;

    /** Reads {@code block} from its position to its limit. */
    public int read(ByteBuffer block) {
        int status = NO_STATUS;
        while (block.hasRemaining()) {
            int first = block.get() & 0xff;
            int found;
            if ((first & 0x80) != 0) {
                found = statusOf(number(block, first, 0x7f));
            } else if ((first & 0x40) != 0) {
                Entry entry = literal(block, number(block, first, 0x3f));
                insert(entry);
                found = entry.status();
            } else if ((first & 0x20) != 0) {
                capacity = number(block, first, 0x1f);
                evict(0);
                continue;
            } else {
                found = literal(block, number(block, first, 0x0f)).status();
            }
            status = Math.max(status, found);
        }
        return status;
    }

    private int statusOf(int index) {
        return index <= STATIC_ENTRIES ? NO_STATUS : dynamic(index).status();
    }

    private Entry dynamic(int index) {
        int age = index - STATIC_ENTRIES - 1;
        if (age >= newestLast.size()) {
            throw new IllegalStateException("The server refers to a header that it has not sent");
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
            nameLength = STATIC_NAMES[nameIndex - 1].length();
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
