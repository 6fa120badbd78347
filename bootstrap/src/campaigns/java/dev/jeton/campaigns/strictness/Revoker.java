package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Load;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A client that creates a probe, revokes and restores it a number of times, and deletes it. Changes alternate between the replicas and are
 * verified on both as soon as they are acknowledged. Not thread-safe.
 */
final class Revoker implements Load.Step {
    private static final int ROUNDS = 25;

    private final Revocation revocation;
    private final Campaign campaign;
    private Replica through;
    private Replica other;

    Revoker(Revocation revocation, Campaign campaign, Replica first, Replica second) {
        this.revocation = revocation;
        this.campaign = campaign;
        through = first;
        other = second;
    }

    /** The life of one probe. */
    @Override
    public void run() throws InterruptedException {
        List<Probe> probes = new ArrayList<>();
        try {
            // One probe stays unchanged, for the background load.
            probes.add(campaign.newProbe(Revocation.CANCEL_TOKEN));
            probes.add(campaign.newProbe(revocation));
            change(probes.get(1));
        } catch (StatusRuntimeException failure) {
            // The outcome of the change is unknown, so the probe is useless.
            if (!Answer.isUnknown(failure.getStatus().getCode())) {
                throw failure;
            }
            campaign.countFailed(failure.getStatus());
        } finally {
            for (Probe probe : probes) {
                campaign.pool().retire(probe);
            }
        }
    }

    private void change(Probe probe) {
        // A replica that caches must have something to cache.
        through.verify(probe).join();
        other.verify(probe).join();
        for (int i = 0; i < ROUNDS && !campaign.isOver(); i++) {
            change(probe, revocation::revoke);
            campaign.countRevoked(revocation);
            change(probe, revocation::restore);
        }
        change(probe, revocation::delete);
    }

    private void change(Probe probe, BiConsumer<Api, Probe> change) {
        change.accept(through.operator(), probe);
        List<CompletableFuture<Void>> calls = List.of(other.verify(probe), other.verify(probe), through.verify(probe));
        calls.forEach(CompletableFuture::join);
        Replica last = through;
        through = other;
        other = last;
    }
}
