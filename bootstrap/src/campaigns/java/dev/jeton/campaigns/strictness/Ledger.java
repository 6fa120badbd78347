package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
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
    private final Board board = new Board();
    private final Queue<Subject> kept = new ConcurrentLinkedQueue<>();
    private final Map<Subject, Answer> certain = new ConcurrentHashMap<>();
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
        administration = replicas.get(0).administration();
        tenantId = administration.tenant(Subject.bound()).getId();
        gateway = administration.gateway();
    }

    void start(SplittableRandom random) {
        for (Replica replica : replicas) {
            Load load = new Load(replica, board);
            loads.add(load);
            load.start(LOAD_STRANDS, random);
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
    Board end() throws InterruptedException {
        over = true;
        writers.forEach(CompletableFuture::join);
        loads.forEach(Load::end);
        for (Subject subject : kept) {
            for (Replica replica : replicas) {
                verify(replica, subject);
            }
            board.retire(subject);
        }
        return board;
    }

    /** What a replica does not know any more; to be asked when the changes have ended. */
    Loss loss(Replica replica) {
        Channel channel = replica.as(gateway);
        int tokens = 0;
        int cancellations = 0;
        int others = 0;
        for (var entry : certain.entrySet()) {
            Answer now = Answer.of(VerificationServiceGrpc.newBlockingStub(channel)
                    .verifyToken(entry.getKey().request())
                    .getVerdict());
            if (now.equals(Way.CANCELLED.end())) {
                tokens++;
            } else if (now.equals(Answer.ALLOWED) && !entry.getValue().equals(now)) {
                cancellations++;
            } else if (!now.equals(entry.getValue())) {
                others++;
            }
        }
        return new Loss(tokens, cancellations, others);
    }

    private void verify(Replica replica, Subject subject) {
        int before = subject.history().readings();
        for (int i = 0; i < ATTEMPTS && subject.history().readings() == before; i++) {
            replica.verify(subject).join();
        }
    }

    /** Makes something new and changes something that there is in turn; what was not acknowledged is not touched again. */
    private void write(SplittableRandom random) throws InterruptedException {
        List<Subject> own = new ArrayList<>();
        while (!over) {
            try {
                Subject made = Way.CANCELLED.subject(administration, tenantId, gateway);
                kept.add(made);
                certain.put(made, Answer.ALLOWED);
                board.add(made);
                own.add(made);
                Subject changed = own.remove(random.nextInt(own.size()));
                change(changed);
                own.add(changed);
            } catch (StatusRuntimeException failure) {
                Status.Code code = failure.getStatus().getCode();
                if (!Answer.isNone(code) && code != Status.Code.NOT_FOUND) {
                    throw failure;
                }
                unacknowledged.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void change(Subject subject) {
        Answer was = Objects.requireNonNull(certain.remove(subject));
        boolean cancel = was.equals(Answer.ALLOWED);
        Answer to = cancel ? Way.CANCELLED.denial : Answer.ALLOWED;
        replicas.forEach(replica -> replica.verify(subject));
        subject.history().changing(to);
        try {
            if (cancel) {
                Way.CANCELLED.take(administration, subject);
            } else {
                Way.CANCELLED.give(administration, subject);
            }
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                // It is lost, which is to be counted in the end.
                certain.put(subject, was);
            }
            throw failure;
        }
        subject.history().changed();
        certain.put(subject, to);
        cancelled.addAndGet(cancel ? 1 : 0);
        replicas.forEach(replica -> replica.verify(subject));
    }
}
