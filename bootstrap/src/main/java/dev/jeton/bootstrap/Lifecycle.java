package dev.jeton.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes resources in reverse order of opening, and continues if one fails to close. Closing waits for an opening in progress, so nothing
 * leaks when the process is stopped while it starts. Thread-safe.
 */
final class Lifecycle implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    /**
     * Opens a resource, which {@link #close} then closes.
     *
     * @throws IllegalStateException if already closed
     */
    synchronized <T extends AutoCloseable> T open(Supplier<T> opening) {
        if (closed) {
            throw new IllegalStateException("Stopped while starting");
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
                log.error("Failed to close {}: {}", resource.getClass().getSimpleName(), ErrorText.of(e));
                log.debug("Cause", e);
            }
        }
    }
}
