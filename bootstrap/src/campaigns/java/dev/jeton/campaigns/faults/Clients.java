package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Clients that change and verify the same few tokens and record every call. Each uses one server; a third of them only verify.
 * Thread-safe.
 */
final class Clients implements AutoCloseable {
    static final int COUNT = 12;

    private static final int TOKENS = 3 * COUNT;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration SHORT_DEADLINE = Duration.ofMillis(500);
    private static final int ONE_SHORT_DEADLINE_IN = 10;
    private static final long PAUSE_MILLIS = 20;
    private static final long POLL_MILLIS = 5;
    private static final long AWAIT_SECONDS = 180;

    private final TestBed testBed;
    private final List<User> owners;
    private final AtomicReferenceArray<TestToken> tokens = new AtomicReferenceArray<>(TOKENS);
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final AtomicLongArray lastChange;
    private final AtomicLongArray lastVerification;
    private final AtomicLongArray lastRefusal = new AtomicLongArray(COUNT);
    private final Load load;

    /** @param owners of the tokens */
    Clients(TestBed testBed, List<User> owners, SplittableRandom random) {
        this.testBed = testBed;
        this.owners = owners;
        lastChange = new AtomicLongArray(testBed.size());
        lastVerification = new AtomicLongArray(testBed.size());
        for (int i = 0; i < TOKENS; i++) {
            tokens.set(i, newToken(random));
        }
        load = Load.onThreads(COUNT, client -> {
            SplittableRandom own = random.split();
            return () -> callOnce(client, own);
        });
    }

    List<User> owners() {
        return owners;
    }

    /** The number of changes acknowledged so far. */
    long acknowledged() {
        return acknowledged.sum();
    }

    /** The number of cancellations acknowledged so far. */
    long cancelled() {
        return cancelled.sum();
    }

    /** The number of calls with an unknown outcome so far. */
    long unknown() {
        return unknown.sum();
    }

    /** Whether each of the first servers acknowledged a change and a verification that started after this time. */
    boolean areServedSince(long time, int servers) {
        for (int i = 0; i < servers; i++) {
            if (lastChange.get(i) <= time || lastVerification.get(i) <= time) {
                return false;
            }
        }
        return true;
    }

    /** Whether each client had a call refused that it started after this time. */
    boolean areAllRefusedSince(long time) {
        for (int i = 0; i < COUNT; i++) {
            if (lastRefusal.get(i) <= time) {
                return false;
            }
        }
        return true;
    }

    /** Waits up to three minutes, and returns whether the condition became true. */
    static boolean await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Every call so far; final once this is closed. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Waits for the calls in flight. */
    @Override
    public void close() {
        load.close();
    }

    private void callOnce(int client, SplittableRandom random) throws InterruptedException {
        int server = client % testBed.size();
        boolean verifiesOnly = client / testBed.size() % 3 == 2;
        int place = random.nextInt(TOKENS);
        TestToken token = tokens.get(place);
        if (token.isUsedUp()) {
            tokens.compareAndSet(place, token, newToken(random));
            return;
        }
        if (verifiesOnly) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            if (token.secret().isEmpty()) {
                return;
            }
        }
        TokenOperation operation = verifiesOnly ? TokenOperation.VERIFY : token.nextOperation(random);
        Duration deadline = random.nextInt(ONE_SHORT_DEADLINE_IN) == 0 ? SHORT_DEADLINE : DEADLINE;
        Call call = call(server, token, operation, token.expiry(operation, random), deadline);
        token.answered(call);
        calls.add(call);
        if (call.isUnknown()) {
            unknown.increment();
            lastRefusal.set(client, call.started());
            // A dead server refuses at once; calling it more often is useless.
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } else if (call.isAcknowledgedChange()) {
            acknowledged.increment();
            cancelled.add(operation == TokenOperation.CANCEL ? 1 : 0);
            lastChange.accumulateAndGet(server, call.started(), Math::max);
        } else if (operation == TokenOperation.VERIFY) {
            lastVerification.accumulateAndGet(server, call.started(), Math::max);
        }
    }

    private Call call(int server, TestToken token, TokenOperation operation, long expiry, Duration deadline) {
        String caller = operation == TokenOperation.VERIFY ? testBed.gateway() : testBed.operator();
        Api api = new Api(testBed.server(server).as(caller), deadline);
        long started = Time.now();
        String answer = Call.OK;
        String tokenId = "";
        try {
            switch (operation) {
                case CREATE -> {
                    CreateTokenResponse created = api.create(Api.newToken(token.owner(), token.label())
                            .setRequestId(token.label())
                            .setExpireTime(Api.timestamp(Time.instant(expiry))));
                    tokenId = created.getToken().getId();
                    token.created(tokenId, created.getSecret());
                }
                case CANCEL -> api.cancel(token.tokenId());
                case REACTIVATE -> api.reactivate(token.tokenId());
                case RENEW ->
                    api.tokens.renewToken(RenewTokenRequest.newBuilder()
                            .setTokenId(token.tokenId())
                            .setExpireTime(Api.timestamp(Time.instant(expiry)))
                            .build());
                case DELETE -> api.delete(token.tokenId());
                case VERIFY ->
                    answer = api.verdict(VerifyTokenRequest.newBuilder().setSecret(token.secret()))
                            .name()
                            .replace("VERDICT_", "");
            }
        } catch (StatusRuntimeException refused) {
            answer = isConnectionLost(refused.getStatus())
                    ? Call.CONNECTION_LOST
                    : refused.getStatus().getCode().name();
        }
        return new Call(token.label(), server, operation, started, Time.now(), answer, expiry, tokenId);
    }

    /** Netty's client reports UNKNOWN for a call that it could no longer write to the connection. */
    private static boolean isConnectionLost(Status status) {
        return status.getCode() == Status.Code.CANCELLED
                || status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof ClosedChannelException;
    }

    private TestToken newToken(SplittableRandom random) {
        return new TestToken(owners.get(random.nextInt(owners.size())), random);
    }
}
