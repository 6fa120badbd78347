package dev.jeton.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was opened, in reverse order, each of them whether or not another fails. Closing waits for an opening that is under way,
 * so that nothing is left behind when the process is told to stop while it starts. Thread-safe.
 */
final class Lifecycle implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    /** Opens something that is closed with this. */
    synchronized <T extends AutoCloseable> T open(Supplier<T> opening) {
        if (closed) {
            throw new IllegalStateException("Told to stop while starting");
        }
        T resource = opening.get();
        opened.push(resource);
        return resource;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                log.error("Could not close {}: {}", resource.getClass().getSimpleName(), Failures.oneLine(e));
                log.debug("The cause is", e);
            }
        }
    }
}
