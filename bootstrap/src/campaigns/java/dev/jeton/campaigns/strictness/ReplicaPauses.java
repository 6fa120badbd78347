package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Pauses a replica, cancels tokens through another, and verifies each token at the paused replica as soon as its cancellation is acknowledged;
 * then resumes the replica while sending more verifications. Every second pause reactivates instead. Not thread-safe.
 */
final class ReplicaPauses {
    private static final int TOKENS = 8;
    private static final int MAX_EXTRA_MILLIS = 100;
    private static final int VERIFICATIONS = 3;

    private final Replica running;
    private final Replica paused;
    private final ExecutorService clients = Executors.newFixedThreadPool(TOKENS);
    private int cancelled;

    ReplicaPauses(Replica running, Replica paused) {
        this.running = running;
        this.paused = paused;
    }

    /** Returns the number of cancellations acknowledged during a pause. */
    int run(int pauses, Campaign campaign, SplittableRandom random) throws InterruptedException, ExecutionException {
        List<Probe> probes = new ArrayList<>();
        try {
            for (int i = 0; i < TOKENS; i++) {
                probes.add(campaign.newProbe(Revocation.CANCEL_TOKEN));
            }
            for (int i = 0; i < pauses; i++) {
                verify(probes).forEach(CompletableFuture::join);
                boolean cancel = i % 2 == 0;
                pause(
                        probes,
                        cancel ? Revocation.CANCEL_TOKEN::revoke : Revocation.CANCEL_TOKEN::restore,
                        random.nextInt(MAX_EXTRA_MILLIS));
                cancelled += cancel ? TOKENS : 0;
            }
        } finally {
            clients.shutdown();
            for (Probe probe : probes) {
                campaign.pool().retire(probe);
            }
        }
        return cancelled;
    }

    private void pause(List<Probe> probes, BiConsumer<Api, Probe> change, int extraMillis)
            throws InterruptedException, ExecutionException {
        List<Callable<CompletableFuture<Void>>> changes = new ArrayList<>();
        for (Probe probe : probes) {
            changes.add(() -> {
                change.accept(running.operator(), probe);
                return paused.verify(probe);
            });
        }
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        paused.pause();
        try {
            for (Future<CompletableFuture<Void>> call : clients.invokeAll(changes)) {
                calls.add(call.get());
            }
            TimeUnit.MILLISECONDS.sleep(extraMillis);
        } finally {
            paused.resume();
        }
        for (int i = 0; i < VERIFICATIONS; i++) {
            calls.addAll(verify(probes));
        }
        calls.forEach(CompletableFuture::join);
    }

    private List<CompletableFuture<Void>> verify(List<Probe> probes) {
        return probes.stream().map(paused::verify).toList();
    }
}
