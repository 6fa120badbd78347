package dev.jeton.campaigns.faults;

import dev.jeton.v1.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Clients that change and verify the same few tokens through all servers of a site, and keep all that was answered. Thread-safe. */
final class Load {
    static final int CLIENTS = 12;

    private static final int LIVES = 3 * CLIENTS;
    private static final long PATIENCE_MICROS = TimeUnit.SECONDS.toMicros(60);
    private static final long IMPATIENCE_MICROS = TimeUnit.MILLISECONDS.toMicros(500);
    private static final int ONE_IS_IMPATIENT_OF = 10;
    private static final long PAUSE_MILLIS = 20;
    private static final long AWAIT_SECONDS = 180;

    private final Site site;
    private final List<User> owners;
    private final Caller caller;
    private final AtomicReferenceArray<Life> lives = new AtomicReferenceArray<>(LIVES);
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final LongAdder done = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final AtomicLongArray changed;
    private final AtomicLongArray verified;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** @param owners whose tokens they are */
    Load(Site site, List<User> owners, SplittableRandom random) {
        this.site = site;
        this.owners = owners;
        caller = new Caller(site);
        changed = new AtomicLongArray(site.size());
        verified = new AtomicLongArray(site.size());
        for (int i = 0; i < LIVES; i++) {
            lives.set(i, newLife(random));
        }
        for (int i = 0; i < CLIENTS; i++) {
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> callOverAndOver(own));
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** How many changes were acknowledged. */
    long done() {
        return done.sum();
    }

    /** How many calls have an unknown end. */
    long unknown() {
        return unknown.sum();
    }

    /** Whether each server has done something for a change and a verification that were asked for later than that. */
    boolean isServedSince(long time) {
        for (int i = 0; i < site.size(); i++) {
            if (changed.get(i) <= time || verified.get(i) <= time) {
                return false;
            }
        }
        return true;
    }

    /** Whether it came to be so within three minutes. */
    static boolean await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS / 4);
        }
        return true;
    }

    /** Ends it; all calls that were made. */
    List<Call> end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(calls);
    }

    private void callOverAndOver(SplittableRandom random) {
        while (!over) {
            int place = random.nextInt(LIVES);
            Life life = lives.get(place);
            if (life.isOver()) {
                lives.compareAndSet(place, life, newLife(random));
                continue;
            }
            Deed deed = life.next(random);
            long patience = random.nextInt(ONE_IS_IMPATIENT_OF) == 0 ? IMPATIENCE_MICROS : PATIENCE_MICROS;
            Call call = caller.make(random.nextInt(site.size()), life, deed, life.expiry(deed, random), patience);
            note(call);
            if (call.isUnknown()) {
                pause();
            }
        }
    }

    private void note(Call call) {
        calls.add(call);
        if (call.isUnknown()) {
            unknown.increment();
        } else if (call.isDoneChange()) {
            done.increment();
            changed.accumulateAndGet(call.server(), call.asked(), Math::max);
        } else if (!call.deed().isChange()) {
            verified.accumulateAndGet(call.server(), call.asked(), Math::max);
        }
    }

    private Life newLife(SplittableRandom random) {
        return new Life(owners.get(random.nextInt(owners.size())), random);
    }

    /** A server that is away refuses at once, and there is no use in asking it more than this. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
