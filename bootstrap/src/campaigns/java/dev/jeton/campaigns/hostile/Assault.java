package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.http2.RawConnection;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** Repeats one attack on several connections at once; closing it closes them all. Thread-safe. */
final class Assault implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 50;

    private final Set<RawConnection> open = ConcurrentHashMap.newKeySet();
    private final LongAdder connections = new LongAdder();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Load load;

    /** @param secret of a caller who may manage and verify */
    Assault(Attack attack, int port, String secret) {
        load = Load.onThreads(attack.connections(), i -> () -> attack(attack, port, secret));
    }

    /** The number of connections made. */
    long connections() {
        return connections.sum();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        for (RawConnection connection : open) {
            connection.close();
        }
        load.close();
    }

    private void attack(Attack attack, int port, String secret) throws InterruptedException {
        try (RawConnection connection = attack.connect(port)) {
            open.add(connection);
            if (over.getCount() == 0) {
                return;
            }
            connections.increment();
            attack.send(connection, secret);
            if (attack.staysOpen()) {
                over.await();
            }
            connection.receive(READ_TIMEOUT_MILLIS);
        } catch (IOException ended) {
            // Closed by the server, by close() or after the timeout; the next step reconnects.
            return;
        } finally {
            open.removeIf(connection -> connection.isClosed());
        }
    }
}
