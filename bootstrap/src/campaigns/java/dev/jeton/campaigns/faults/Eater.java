package dev.jeton.campaigns.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Takes every connection that a PostgreSQL has, the servers' own too. */
final class Eater {
    private static final long PAUSE_MILLIS = 10;

    private final Site site;
    private final Deque<Connection> eaten = new ConcurrentLinkedDeque<>();
    private final Thread thread = new Thread(this::eat);
    private volatile boolean over;

    private Eater(Site site) {
        this.site = site;
    }

    static Eater of(Site site) throws SQLException {
        Eater eater = new Eater(site);
        eater.eaten.add(site.store().connect());
        eater.thread.setDaemon(true);
        eater.thread.start();
        return eater;
    }

    void end() throws InterruptedException, SQLException {
        over = true;
        thread.join();
        for (Connection connection : eaten) {
            connection.close();
        }
    }

    private void eat() {
        while (!over) {
            try {
                eaten.add(site.store().connect());
            } catch (SQLException noneLeft) {
                takeTheirs();
            }
        }
    }

    private void takeTheirs() {
        try {
            site.disconnect(eaten.getFirst());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
