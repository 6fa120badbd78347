package dev.jeton.campaigns.strictness;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Stops one replica with all that it knows, cancels through the other, sends verifications to the stopped one as soon as that is
 * acknowledged, lets it go on and sends more at the same instant. Then the same with reactivations. Not thread-safe.
 */
final class Pauses {
    private static final int TOKENS = 8;
    private static final int MAX_LONGER_MILLIS = 100;
    private static final int VERIFICATIONS = 3;

    private final Campaign campaign;
    private final Replica running;
    private final Replica stopped;
    private final Board board;
    private long cancellations;

    Pauses(Campaign campaign, Replica running, Replica stopped, Board board) {
        this.campaign = campaign;
        this.running = running;
        this.stopped = stopped;
        this.board = board;
    }

    /** How many were acknowledged while the replica was stopped. */
    long cancellations() {
        return cancellations;
    }

    void run(int stops, SplittableRandom random) throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(TOKENS);
        List<Subject> subjects = new ArrayList<>();
        try {
            for (int i = 0; i < TOKENS; i++) {
                subjects.add(campaign.subject(Way.CANCELLED));
            }
            subjects.forEach(board::add);
            for (int i = 0; i < stops; i++) {
                verify(subjects).forEach(CompletableFuture::join);
                across(clients, subjects, i % 2 == 0, random.nextInt(MAX_LONGER_MILLIS));
            }
        } finally {
            clients.shutdown();
            for (Subject subject : subjects) {
                board.retire(subject);
            }
        }
    }

    private void across(ExecutorService clients, List<Subject> subjects, boolean cancel, int longerMillis)
            throws InterruptedException, ExecutionException {
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        stopped.stop();
        try {
            List<Future<CompletableFuture<Void>>> changes = new ArrayList<>();
            for (Subject subject : subjects) {
                changes.add(clients.submit(() -> change(subject, cancel)));
            }
            for (Future<CompletableFuture<Void>> change : changes) {
                calls.add(change.get());
            }
            TimeUnit.MILLISECONDS.sleep(longerMillis);
        } finally {
            stopped.goOn();
        }
        for (int i = 0; i < VERIFICATIONS; i++) {
            calls.addAll(verify(subjects));
        }
        calls.forEach(CompletableFuture::join);
        cancellations += cancel ? subjects.size() : 0;
    }

    /** The verification that was sent to the stopped replica after the acknowledgement. */
    private CompletableFuture<Void> change(Subject subject, boolean cancel) {
        subject.history().changing(cancel ? Way.CANCELLED.denial : Answer.ALLOWED);
        if (cancel) {
            Way.CANCELLED.take(running.administration(), subject);
        } else {
            Way.CANCELLED.give(running.administration(), subject);
        }
        subject.history().changed();
        return stopped.verify(subject);
    }

    private List<CompletableFuture<Void>> verify(List<Subject> subjects) {
        return subjects.stream().map(stopped::verify).toList();
    }
}
