package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.http2.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One attack on several connections at the same time, again and again, for a while. When it is over no connection is left. To be run once. */
final class Assault {
    private static final int PATIENCE_MILLIS = 50;

    private final Attack attack;
    private final int port;
    private final String secret;
    private final Set<RawConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean over;

    Assault(Attack attack, int port, String secret) {
        this.attack = attack;
        this.port = port;
        this.secret = secret;
    }

    /** Returns how many connections were made. */
    int run(Duration duration) throws InterruptedException, IOException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < attack.connections(); i++) {
            Thread thread = new Thread(this::attackOverAndOver, "attack-" + attack);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        over = true;
        threads.forEach(Thread::interrupt);
        for (RawConnection connection : open) {
            connection.close();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return attempts.get();
    }

    private void attackOverAndOver() {
        while (!over) {
            try (RawConnection connection = attack.connect(port)) {
                open.add(connection);
                if (over) {
                    return;
                }
                attempts.incrementAndGet();
                attack.on(connection, secret);
                connection.flush();
                connection.receive(PATIENCE_MILLIS);
                open.remove(connection);
            } catch (IOException ended) {
                // The server has had enough of it, or it is over.
                continue;
            }
        }
    }
}
