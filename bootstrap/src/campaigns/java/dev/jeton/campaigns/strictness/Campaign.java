package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes what verifications depend on, in every {@link Way}, through two replicas that are both loaded with verifications, until tokens were
 * cancelled as often as wanted; then stops one of them again and again across cancellations. All that was answered is judged. Thread-safe;
 * it is run once.
 */
final class Campaign {
    private static final int CANCELLING = 10;
    private static final int TOLD_EVERY = 5_000;

    private final List<Replica> replicas;
    private final Form form;
    private final Board board = new Board();
    private final String tenantId;
    private final String gateway;
    private final Map<Way, AtomicLong> taken = new EnumMap<>(Way.class);
    private final AtomicLong abandoned = new AtomicLong();
    private final long began = System.nanoTime();
    private volatile boolean over;

    /**
     * How much is done.
     *
     * @param cancellations so many; in each other way some too
     * @param atMost fewer cancellations if they take longer; but in each way one at least
     * @param stops how often one replica is stopped
     * @param loadStrands verifications under way on each replica besides those of the clients
     */
    record Form(long cancellations, Duration atMost, int stops, int loadStrands, long seed) {}

    /** @param replicas two; changes go through both, the second is stopped */
    Campaign(List<Replica> replicas, Form form) {
        this.replicas = replicas;
        this.form = form;
        for (Way way : Way.values()) {
            taken.put(way, new AtomicLong());
        }
        Api by = replicas.get(0).administration();
        tenantId = by.tenant(Subject.bound()).getId();
        gateway = by.gateway();
    }

    Report run() throws InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(form.seed());
        List<Load> loads =
                replicas.stream().map(replica -> new Load(replica, board)).toList();
        loads.forEach(load -> load.start(form.loadStrands(), random));
        Pauses pauses = new Pauses(this, replicas.get(0), replicas.get(1), board);
        try {
            changeAndVerify();
            pauses.run(form.stops(), random);
        } finally {
            loads.forEach(Load::end);
        }
        return new Report(
                form.seed(),
                (System.nanoTime() - began) / 1e9,
                Map.copyOf(taken),
                pauses.cancellations(),
                board.verifications(),
                replicas.stream().mapToLong(Replica::unanswered).sum(),
                abandoned.get(),
                board.violated(),
                board.violations());
    }

    boolean isOver() {
        boolean enough = taken.get(Way.CANCELLED).get() >= form.cancellations()
                || System.nanoTime() - began > form.atMost().toNanos();
        return over || enough && taken.values().stream().allMatch(times -> times.get() > 0);
    }

    Subject subject(Way way) {
        return way.subject(replicas.get(0).administration(), tenantId, gateway);
    }

    void tookAway(Way way) {
        long times = taken.get(way).incrementAndGet();
        if (way == Way.CANCELLED && times % TOLD_EVERY == 0) {
            System.out.printf(
                    "%,d of %,d cancelled; %,d verifications judged, %,d violations%n",
                    times, form.cancellations(), board.verifications(), board.violated());
        }
    }

    void abandoned(Status status) {
        abandoned.incrementAndGet();
        System.err.println("A change was not acknowledged: " + status);
    }

    private void changeAndVerify() throws InterruptedException, ExecutionException {
        List<Client> clients = new ArrayList<>();
        for (Way way : Way.values()) {
            for (int i = 0; i < (way == Way.CANCELLED ? CANCELLING : 1); i++) {
                clients.add(new Client(way, this, replicas, board));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (Client client : clients) {
                ends.add(threads.submit(() -> run(client)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            over = true;
            threads.shutdown();
        }
    }

    /** When one fails, the others need not go on. */
    private Object run(Client client) throws InterruptedException {
        try {
            client.run();
            return client;
        } finally {
            over = true;
        }
    }
}
