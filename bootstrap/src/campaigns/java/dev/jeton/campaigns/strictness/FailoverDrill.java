package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Proxy;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Two servers on a primary under load; one of them is stopped, and while it is, tokens are cancelled, the primary is lost and the standby
 * promoted. Then it goes on, with the connections and all that it had read. All that was answered is judged, and all that was
 * acknowledged compared with what there is.
 */
final class FailoverDrill {
    private static final int CANCELLATIONS = 20;
    private static final long LAG_MILLIS = 300;
    private static final long UNTIL_FORGOTTEN_SECONDS = 60;

    private final Kind kind;
    private final Path template;
    private final SplittableRandom random;

    /** What is done as it should be, and what is not. */
    enum Kind {
        /** A synchronous standby, and a primary that is dead before the promotion. */
        FENCED(true, true, true),
        /** The primary waits for nobody; the standby is behind when it dies. */
        ASYNCHRONOUS(false, true, true),
        /** The same, on a standby that is behind by no more than it takes. */
        ASYNCHRONOUS_CLOSE_BEHIND(false, false, true),
        /** One of the servers has lost the primary, which lives on and answers the other. */
        UNFENCED(true, false, false);

        final boolean synchronous;
        final boolean lagging;
        final boolean fenced;

        Kind(boolean synchronous, boolean lagging, boolean fenced) {
            this.synchronous = synchronous;
            this.lagging = lagging;
            this.fenced = fenced;
        }
    }

    /**
     * What came of it.
     *
     * @param tokens that were made, and acknowledged
     * @param cancelled acknowledged
     * @param whileStopped of these, while one server was stopped and before the standby was promoted
     * @param promotedMillis from the primary's loss to the promoted standby
     * @param servedMillis from there to the first change that was acknowledged
     */
    record Outcome(
            Kind kind,
            int tokens,
            int cancelled,
            int whileStopped,
            int unacknowledged,
            long verifications,
            long unanswered,
            long promotedMillis,
            long servedMillis,
            Ledger.Loss loss,
            long violated,
            List<String> violations) {

        @Override
        public String toString() {
            return """
                    %s: %,d tokens made, %,d cancelled, %,d of them while a server was stopped; %,d changes not acknowledged
                      Verifications judged: %,d; not answered: %,d
                      Promoted after %,d ms; the next change was acknowledged %,d ms later
                      Lost: %,d tokens, %,d cancellations, %,d others. VIOLATIONS: %,d
                    """.formatted(
                                    kind,
                                    tokens,
                                    cancelled,
                                    whileStopped,
                                    unacknowledged,
                                    verifications,
                                    unanswered,
                                    promotedMillis,
                                    servedMillis,
                                    loss.tokens(),
                                    loss.cancellations(),
                                    loss.others(),
                                    violated)
                    + violations.stream()
                            .limit(3)
                            .map(line -> "    " + line + "\n")
                            .reduce("", String::concat);
        }
    }

    /** @param template see {@link ReplicatedDatabase#template} */
    FailoverDrill(Kind kind, Path template, SplittableRandom random) {
        this.kind = kind;
        this.template = template;
        this.random = random;
    }

    /** @param directory must not be there */
    Outcome run(Path directory) throws Exception {
        Files.createDirectory(directory);
        try (ReplicatedDatabase database = ReplicatedDatabase.start(template, directory, kind.synchronous);
                Proxy way = new Proxy(database.primaryPort());
                Cluster cluster = Cluster.on(directory, database.login())) {
            JetonProcess process = cluster.serverAt(database.url(way.port()), "A");
            Replica one = Replica.open(cluster, "A", process);
            Replica other = Replica.start(cluster, "B");
            Ledger ledger = new Ledger(List.of(one, other));
            ledger.start(random);
            ledger.awaitCancelled(CANCELLATIONS);
            other.pause();
            int before = ledger.cancelled();
            ledger.awaitCancelled(CANCELLATIONS);
            if (kind.lagging) {
                database.holdUpReplication();
                TimeUnit.MILLISECONDS.sleep(LAG_MILLIS);
            }
            long lost = System.nanoTime();
            if (kind.fenced) {
                database.fence();
            } else {
                way.close();
            }
            int whileStopped = ledger.cancelled() - before;
            database.promote();
            long promoted = System.nanoTime();
            other.resume();
            awaitServed(one);
            long served = System.nanoTime();
            ledger.awaitCancelled(CANCELLATIONS);
            ProbePool.Totals totals = ledger.end();
            return new Outcome(
                    kind,
                    ledger.kept(),
                    ledger.cancelled(),
                    whileStopped,
                    ledger.unacknowledged(),
                    totals.verifications(),
                    one.unanswered() + other.unanswered(),
                    TimeUnit.NANOSECONDS.toMillis(promoted - lost),
                    TimeUnit.NANOSECONDS.toMillis(served - promoted),
                    ledger.loss(process),
                    totals.wrong(),
                    totals.violations());
        }
    }

    private static void awaitServed(Replica replica) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(UNTIL_FORGOTTEN_SECONDS);
        while (true) {
            try {
                replica.operator().tenant(Probe.POLICY);
                return;
            } catch (StatusRuntimeException notYet) {
                if (!Answer.isUnknown(notYet.getStatus().getCode()) || System.nanoTime() > deadline) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
