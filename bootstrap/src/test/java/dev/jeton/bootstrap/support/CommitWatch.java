package dev.jeton.bootstrap.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Detects commits in what a PostgreSQL client writes on one unencrypted connection. Not thread-safe. */
public final class CommitWatch {
    private static final int STARTUP = 3 << 16;
    private static final int LENGTH_BYTES = 4;

    private final Set<String> commits = new HashSet<>();
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private boolean started;

    /** Reads the next bytes; returns whether they complete a request to commit. */
    public boolean sees(byte[] bytes, int count) {
        ByteBuffer written = ByteBuffer.allocate(rest.remaining() + count)
                .put(rest)
                .put(bytes, 0, count)
                .flip();
        boolean commit = false;
        for (ByteBuffer message = next(written); message != null; message = next(written)) {
            commit |= isCommit(message);
        }
        rest = written;
        return commit;
    }

    /** The next complete message, starting with its type; null if there is none. Messages before the session have no type. */
    private ByteBuffer next(ByteBuffer written) {
        int typed = started ? 1 : 0;
        if (written.remaining() < typed + LENGTH_BYTES) {
            return null;
        }
        int length = typed + written.getInt(written.position() + typed);
        if (written.remaining() < length) {
            return null;
        }
        ByteBuffer message = written.slice(written.position(), length);
        written.position(written.position() + length);
        return message;
    }

    private boolean isCommit(ByteBuffer message) {
        if (!started) {
            started = message.getInt(LENGTH_BYTES) == STARTUP;
            return false;
        }
        byte type = message.get();
        message.getInt();
        switch (type) {
            case 'Q':
                return text(message).strip().equals("COMMIT");
            case 'P':
                String name = text(message);
                if (text(message).strip().equals("COMMIT")) {
                    commits.add(name);
                } else {
                    commits.remove(name);
                }
                return false;
            case 'B':
                text(message);
                return commits.contains(text(message));
            default:
                return false;
        }
    }

    private static String text(ByteBuffer message) {
        int begin = message.position();
        while (message.get() != 0) {}
        return new String(
                message.array(), message.arrayOffset() + begin, message.position() - begin - 1, StandardCharsets.UTF_8);
    }
}
