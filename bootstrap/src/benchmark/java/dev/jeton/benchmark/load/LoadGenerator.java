package dev.jeton.benchmark.load;

import com.sun.management.OperatingSystemMXBean;
import dev.jeton.benchmark.load.LoadPlan.Traffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts a load on a server, first to warm up, then to measure. Single-threaded; not thread-safe. */
final class LoadGenerator {
    private static final long SELECT_MILLIS = 1;
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(50);

    private enum Phase {
        WARMING_UP,
        MEASURING,
        DRAINING
    }

    private final LoadPlan plan;
    private final Traffic traffic;
    private final Duration patience;
    private final Messages messages;
    private final Runnable onMeasuring;
    private final Runnable onMeasured;
    private final Tally tally = new Tally();
    private final SplittableRandom random = new SplittableRandom();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Phase phase = Phase.WARMING_UP;
    private int nextMessage;
    private long issued;
    private long rateFrom;
    private int turn;

    /**
     * @param patience how long to wait for the last answers
     * @param onMeasuring called when the measured time begins
     * @param onMeasured called when it ends
     */
    LoadGenerator(LoadPlan plan, Duration patience, Messages messages, Runnable onMeasuring, Runnable onMeasured) {
        this.plan = plan;
        traffic = plan.traffic();
        this.patience = patience;
        this.messages = messages;
        this.onMeasuring = onMeasuring;
        this.onMeasured = onMeasured;
    }

    LoadReport run() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < traffic.connections(); i++) {
                String bearer = plan.bearers().isEmpty()
                        ? ""
                        : plan.bearers().get(i % plan.bearers().size());
                LoadConnection connection = new LoadConnection(plan, bearer, messages, tally);
                connections.add(connection);
                connection.register(selector);
            }
            return run(selector);
        } finally {
            for (LoadConnection connection : connections) {
                connection.close();
            }
        }
    }

    private LoadReport run(Selector selector) throws IOException {
        long began = System.nanoTime();
        long end = 0;
        long cpu = 0;
        double cores = 0;
        rateFrom = began;
        long warmUp = nanos(traffic.warmUpSeconds());
        long measured = nanos(traffic.seconds());
        while (true) {
            long now = System.nanoTime();
            if (phase == Phase.WARMING_UP && now - began >= warmUp) {
                phase = Phase.MEASURING;
                onMeasuring.run();
                cpu = machine.getProcessCpuTime();
                began = System.nanoTime();
                rateFrom = began;
                issued = 0;
            } else if (phase == Phase.MEASURING && (now - began >= measured || isExhausted() || broken().isPresent())) {
                phase = Phase.DRAINING;
                end = now;
                cores = (machine.getProcessCpuTime() - cpu) / (double) (end - began);
                countBacklog(end);
                onMeasured.run();
            } else if (phase == Phase.DRAINING && (inFlight() == 0 || now - end >= patience.toNanos())) {
                break;
            } else if (phase == Phase.WARMING_UP && (isExhausted() || broken().isPresent())) {
                tally.lost(1, broken().orElse("the messages ran out during the warm-up"));
                return tally.report(1, 0);
            }
            boolean sent = send(now);
            connections.forEach(LoadConnection::flush);
            await(selector, sent);
        }
        connections.forEach(connection -> connection.countLost("a call was not answered"));
        return tally.report((end - began) / 1e9, cores);
    }

    private boolean send(long now) {
        if (phase == Phase.DRAINING) {
            return false;
        }
        return traffic.rate() > 0 ? sendWhatIsDue(now) : sendWhatFits(now);
    }

    private boolean sendWhatFits(long now) {
        boolean any = false;
        for (LoadConnection connection : connections) {
            while (connection.hasRoom() && !isExhausted()) {
                connection.send(draw(), now, phase == Phase.MEASURING);
                any = true;
            }
        }
        return any;
    }

    private boolean sendWhatIsDue(long now) {
        boolean any = false;
        int full = 0;
        while (full < connections.size() && dueTime(issued) <= now && !isExhausted()) {
            LoadConnection connection = connections.get(turn++ % connections.size());
            if (connection.hasRoom()) {
                connection.send(draw(), dueTime(issued), phase == Phase.MEASURING);
                issued++;
                any = true;
                full = 0;
            } else {
                full++;
            }
        }
        return any;
    }

    private long dueTime(long call) {
        return rateFrom + (long) (call / traffic.rate() * 1e9);
    }

    private void countBacklog(long now) {
        if (traffic.rate() > 0 && !isExhausted()) {
            long late = (long) ((now - rateFrom) / 1e9 * traffic.rate()) - issued;
            // One call on each connection may have become due since the last round.
            tally.lost(Math.max(0, late - connections.size()), "calls could not be sent when they were due");
        }
    }

    private int draw() {
        return traffic.once() ? nextMessage++ : random.nextInt(messages.count());
    }

    private boolean isExhausted() {
        return traffic.once() && nextMessage == messages.count();
    }

    private Optional<String> broken() {
        for (LoadConnection connection : connections) {
            if (!connection.broken().isEmpty()) {
                return Optional.of(connection.broken());
            }
        }
        return Optional.empty();
    }

    private int inFlight() {
        int sum = 0;
        for (LoadConnection connection : connections) {
            sum += connection.broken().isEmpty() ? connection.inFlight() : 0;
        }
        return sum;
    }

    private void await(Selector selector, boolean sent) throws IOException {
        int ready;
        if (traffic.rate() > 0) {
            ready = selector.selectNow(LoadGenerator::receive);
            if (ready == 0 && !sent) {
                LockSupport.parkNanos(NAP);
            }
        } else {
            ready = selector.select(LoadGenerator::receive, SELECT_MILLIS);
        }
    }

    private static void receive(SelectionKey key) {
        ((LoadConnection) key.attachment()).receive();
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
