package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.Verdict;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** A way to revoke a probe's access and to restore it. */
enum Revocation {
    CANCEL_TOKEN(
            Probe::token,
            Verdict.VERDICT_CANCELLED,
            (api, probe) -> api.cancel(probe.tokenId()),
            (api, probe) -> api.reactivate(probe.tokenId())),
    DISABLE_USER(
            Probe::token,
            Verdict.VERDICT_USER_DISABLED,
            (api, probe) -> api.disableUser(probe.ownerId()),
            (api, probe) -> api.enableUser(probe.ownerId())),
    REASSIGN_TOKEN(
            Probe::token,
            Verdict.VERDICT_WORKLOAD_NOT_ALLOWED,
            (api, probe) -> api.assign(probe.tokenId(), probe.spareWorkloadId()),
            (api, probe) -> api.assign(probe.tokenId(), probe.workloadId())),
    NARROW_SCOPES(
            Probe::token,
            Verdict.VERDICT_SCOPE_NOT_GRANTED,
            (api, probe) -> api.setScopes(probe.tokenId(), Probe.SCOPES.subList(0, 1)),
            (api, probe) -> api.setScopes(probe.tokenId(), Probe.SCOPES)),
    DISABLE_WORKLOAD(
            Probe::token,
            Verdict.VERDICT_WORKLOAD_DISABLED,
            (api, probe) -> api.disableWorkload(probe.workloadId()),
            (api, probe) -> api.enableWorkload(probe.workloadId())),
    EXPIRE_TOKEN(
            Probe::token,
            Verdict.VERDICT_EXPIRED,
            Revocation::expire,
            (api, probe) -> api.setNeverExpires(probe.tokenId())),
    SUSPEND_TENANT(
            Probe::tenant,
            Verdict.VERDICT_TENANT_SUSPENDED,
            (api, probe) -> api.suspend(probe.tenantId()),
            (api, probe) -> api.resume(probe.tenantId())),
    REQUIRE_WORKLOAD(
            Probe::unassigned,
            Verdict.VERDICT_UNASSIGNED,
            (api, probe) -> api.setPolicy(probe.tenantId(), Probe.POLICY_REQUIRING_WORKLOAD),
            (api, probe) -> api.setPolicy(probe.tenantId(), Probe.POLICY)),
    NARROW_GATEWAY(
            Probe::gateway,
            Status.Code.PERMISSION_DENIED,
            (api, probe) -> api.setScopes(probe.tokenId(), Probe.SCOPES),
            (api, probe) -> api.setScopes(probe.tokenId(), Probe.GATEWAY_SCOPES)),
    DISABLE_GATEWAY(
            Probe::gateway,
            Status.Code.UNAUTHENTICATED,
            (api, probe) -> api.disableUser(probe.ownerId()),
            (api, probe) -> api.enableUser(probe.ownerId()));

    private static final Duration SOON = Duration.ofMillis(40);

    private final Factory factory;
    private final Answer denial;
    private final Answer afterDelete;
    private final BiConsumer<Api, Probe> revoke;
    private final BiConsumer<Api, Probe> restore;

    private interface Factory {
        Probe create(Api api, String tenantId, String gateway);
    }

    Revocation(Factory factory, Verdict denial, BiConsumer<Api, Probe> revoke, BiConsumer<Api, Probe> restore) {
        this(factory, Answer.of(denial), Answer.of(Verdict.VERDICT_NOT_FOUND), revoke, restore);
    }

    /** @param denial of the caller, whose token is the one that changes */
    Revocation(Factory factory, Status.Code denial, BiConsumer<Api, Probe> revoke, BiConsumer<Api, Probe> restore) {
        this(factory, Answer.of(denial), Answer.of(Status.Code.UNAUTHENTICATED), revoke, restore);
    }

    Revocation(
            Factory factory,
            Answer denial,
            Answer afterDelete,
            BiConsumer<Api, Probe> revoke,
            BiConsumer<Api, Probe> restore) {
        this.factory = factory;
        this.denial = denial;
        this.afterDelete = afterDelete;
        this.revoke = revoke;
        this.restore = restore;
    }

    /**
     * Creates a probe that is currently allowed and that this can revoke.
     *
     * @param tenantId a shared tenant that never changes
     * @param gateway the secret of a gateway that may verify every tenant's tokens
     */
    Probe newProbe(Api api, String tenantId, String gateway) {
        return factory.create(api, tenantId, gateway);
    }

    /** Returns when the change is acknowledged and in effect. */
    void revoke(Api api, Probe probe) {
        change(probe, denial, () -> revoke.accept(api, probe));
    }

    void restore(Api api, Probe probe) {
        change(probe, Answer.ALLOWED, () -> restore.accept(api, probe));
    }

    void delete(Api api, Probe probe) {
        change(probe, afterDelete, () -> api.delete(probe.tokenId()));
    }

    private static void change(Probe probe, Answer next, Runnable change) {
        probe.history().beginChange(next);
        change.run();
        probe.history().endChange();
    }

    /** Sets an expiry in the near future and waits for it. */
    private static void expire(Api api, Probe probe) {
        Instant expiry = setExpiry(api, probe);
        while (Instant.now().isBefore(expiry)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), expiry).toNanos());
        }
    }

    /** Retries with a later time, because the server rejects times that have passed when the call arrives. */
    private static Instant setExpiry(Api api, Probe probe) {
        Duration soon = SOON;
        while (true) {
            Instant expiry = Instant.now().plus(soon);
            try {
                api.setExpireTime(probe.tokenId(), expiry);
                return expiry;
            } catch (StatusRuntimeException rejected) {
                if (rejected.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                    throw rejected;
                }
                soon = soon.multipliedBy(2);
            }
        }
    }
}
