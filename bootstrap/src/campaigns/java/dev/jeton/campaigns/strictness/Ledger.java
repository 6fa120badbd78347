package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tokens that writers make, cancel and give back through one replica, while they are verified through all, kept until the end: what was
 * acknowledged of each can then be compared with what there is. Thread-safe.
 */
final class Ledger {
    private static final int WRITERS = 6;
    private static final int LOAD_STRANDS = 4;
    private static final long PAUSE_MILLIS = 20;
    private static final int ATTEMPTS = 1_500;

    private final List<Replica> replicas;
    private final Api administration;
    private final String tenantId;
    private final String gateway;
    private final ProbePool board = new ProbePool();
    private final Queue<Probe> kept = new ConcurrentLinkedQueue<>();
    private final Map<Probe, Answer> certain = new ConcurrentHashMap<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private volatile boolean over;

    /**
     * What was acknowledged and is no more.
     *
     * @param tokens that were made and do not exist
     * @param cancellations of tokens that are allowed
     * @param others tokens that are not allowed, and should be
     */
    record Loss(int tokens, int cancellations, int others) {
        static final Loss NONE = new Loss(0, 0, 0);
    }

    /** @param replicas the first takes the changes */
    Ledger(List<Replica> replicas) {
        this.replicas = replicas;
        administration = replicas.get(0).operator();
        tenantId = administration.tenant(Probe.POLICY).getId();
        gateway = administration.gateway();
    }

    void start(SplittableRandom random) {
        for (Replica replica : replicas) {
            loads.add(Load.async(LOAD_STRANDS, i -> Campaign.backgroundCalls(replica, board, random.split())));
        }
        for (int i = 0; i < WRITERS; i++) {
            SplittableRandom own = random.split();
            CompletableFuture<Void> end = new CompletableFuture<>();
            writers.add(end);
            Thread thread = new Thread(() -> {
                try {
                    write(own);
                    end.complete(null);
                } catch (Throwable failure) {
                    end.completeExceptionally(failure);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    int kept() {
        return kept.size();
    }

    /** Cancellations that were acknowledged so far. */
    int cancelled() {
        return cancelled.get();
    }

    int unacknowledged() {
        return unacknowledged.get();
    }

    /** Waits for half a minute at most. */
    void awaitCancelled(int more) throws InterruptedException {
        int wanted = cancelled() + more;
        for (int i = 0; i < ATTEMPTS && cancelled() < wanted; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        if (cancelled() < wanted) {
            throw new AssertionError("Only %d of %d cancellations".formatted(cancelled(), wanted));
        }
    }

    /** Ends the changes and verifications, verifies every token through every replica and judges all that was ever answered. */
    ProbePool.Totals end() throws InterruptedException {
        over = true;
        writers.forEach(CompletableFuture::join);
        loads.forEach(Load::close);
        for (Probe subject : kept) {
            for (Replica replica : replicas) {
                verify(replica, subject);
            }
            board.retire(subject);
        }
        return board.totals();
    }

    /** What a replica does not know any more; to be asked when the changes have ended. */
    Loss loss(JetonProcess replica) {
        Channel channel = replica.as(gateway);
        int tokens = 0;
        int cancellations = 0;
        int others = 0;
        for (var entry : certain.entrySet()) {
            Answer now = Answer.of(VerificationServiceGrpc.newBlockingStub(channel)
                    .verifyToken(entry.getKey().request())
                    .getVerdict());
            if (now.equals(Answer.of(Verdict.VERDICT_NOT_FOUND))) {
                tokens++;
            } else if (now.equals(Answer.ALLOWED) && !entry.getValue().equals(now)) {
                cancellations++;
            } else if (!now.equals(entry.getValue())) {
                others++;
            }
        }
        return new Loss(tokens, cancellations, others);
    }

    private void verify(Replica replica, Probe subject) {
        int before = subject.history().answers();
        for (int i = 0; i < ATTEMPTS && subject.history().answers() == before; i++) {
            replica.verify(subject).join();
        }
    }

    /** Makes something new and changes something that there is in turn; what was not acknowledged is not touched again. */
    private void write(SplittableRandom random) throws InterruptedException {
        List<Probe> own = new ArrayList<>();
        while (!over) {
            try {
                Probe made = Revocation.CANCEL_TOKEN.newProbe(administration, tenantId, gateway);
                kept.add(made);
                certain.put(made, Answer.ALLOWED);
                board.add(made);
                own.add(made);
                Probe changed = own.remove(random.nextInt(own.size()));
                change(changed);
                own.add(changed);
            } catch (StatusRuntimeException failure) {
                Status.Code code = failure.getStatus().getCode();
                if (!Answer.isUnknown(code) && code != Status.Code.NOT_FOUND) {
                    throw failure;
                }
                unacknowledged.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void change(Probe subject) {
        Answer was = Objects.requireNonNull(certain.remove(subject));
        boolean cancel = was.equals(Answer.ALLOWED);
        Answer to = cancel ? Answer.of(Verdict.VERDICT_CANCELLED) : Answer.ALLOWED;
        replicas.forEach(replica -> replica.verify(subject));
        try {
            if (cancel) {
                Revocation.CANCEL_TOKEN.revoke(administration, subject);
            } else {
                Revocation.CANCEL_TOKEN.restore(administration, subject);
            }
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                // It is lost, which is to be counted in the end.
                certain.put(subject, was);
            }
            throw failure;
        }
        certain.put(subject, to);
        cancelled.addAndGet(cancel ? 1 : 0);
        replicas.forEach(replica -> replica.verify(subject));
    }
}
