package dev.jeton.campaigns.faults;

import dev.jeton.campaigns.faults.Violation.Kind;
import dev.jeton.v1.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One fault under load, from before it to after it: {@link Load} makes the calls, {@link Fault} the trouble, {@link Ledger} reads what is
 * left of both, and {@link Judge} says what of it cannot be. A site can have many, one after the other.
 */
final class Experiment {
    /** A build shares its machine and cannot keep to times; {@code -Djeton.quietMachine=true} says that this one can. */
    private static final boolean QUIET = Boolean.getBoolean("jeton.quietMachine");

    private static final Duration ANSWERED_WITHIN = QUIET ? Duration.ofMillis(2_500) : Duration.ofSeconds(65);
    private static final Duration SERVED_WITHIN = QUIET ? Duration.ofSeconds(5) : Duration.ofSeconds(120);
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final int TENANTS = 8;

    /** Pools of threads fill up while callers wait. */
    private static final int MORE_THREADS = 40;

    private final Site site;
    private final Form form;

    /**
     * How much is done.
     *
     * @param writes so many are acknowledged before something is killed; a tenth of it before another trouble, and after each
     * @param cuts so many commits are cut where that is the trouble
     */
    record Form(long writes, long cuts) {}

    Experiment(Site site, Form form) {
        this.site = site;
        this.form = form;
    }

    /** All of it is written to a file if there is a violation. */
    Report run(Fault fault, long seed) throws Exception {
        long began = Time.now();
        List<User> owners = site.owners(TENANTS);
        long cutBefore = site.wire().cuts();
        List<Violation> violations = new ArrayList<>();
        Load load = new Load(site, owners, new SplittableRandom(seed));
        List<Call> calls;
        Duration servedAfter;
        int threads;
        int connections;
        try {
            long before = fault.isKill() ? form.writes() : form.writes() / 10;
            require(() -> load.done() >= before, "The load does not get going");
            threads = site.threads();
            connections = site.connections();
            trouble(fault, owners, load);
            long ended = Time.now();
            if (!Load.await(() -> load.isServedSince(ended))) {
                violations.add(new Violation(Kind.LATE, "not all servers serve again"));
            }
            servedAfter = Duration.of(Time.now() - ended, ChronoUnit.MICROS);
            long enough = load.done() + form.writes() / 10;
            Load.await(() -> load.done() >= enough);
        } finally {
            calls = load.end();
        }
        Load.await(() -> !hasGrown(threads));
        Duration longest = longest(calls);
        judgeTimes(longest, servedAfter, violations);
        Report.Growth threadsThen = new Report.Growth(threads, site.threads());
        Report.Growth connectionsThen = new Report.Growth(connections, site.connections());
        if (hasGrown(threads)) {
            violations.add(
                    new Violation(Kind.LEAKED, "threads %s, connections %s".formatted(threadsThen, connectionsThen)));
        }
        Account account = account(calls, owners);
        violations.addAll(0, Judge.judge(account));
        if (!violations.isEmpty()) {
            keep(account, fault, seed);
        }
        return new Report(
                fault,
                seed,
                calls.size(),
                load.done(),
                load.unknown(),
                site.wire().cuts() - cutBefore,
                (Time.now() - began) / 1e6,
                longest,
                servedAfter,
                threadsThen,
                connectionsThen,
                List.copyOf(violations));
    }

    private void trouble(Fault fault, List<User> owners, Load load) throws Exception {
        long unknown = load.unknown();
        long cuts = site.wire().cuts();
        Fault.End end = fault.begin(site, owners);
        try {
            TimeUnit.MILLISECONDS.sleep(MOMENT.toMillis());
            switch (fault.lasts) {
                case A_MOMENT -> {}
                case UNTIL_REFUSED ->
                    require(() -> load.unknown() - unknown >= 2 * Load.CLIENTS, "Nobody notices " + fault);
                case UNTIL_CUT -> require(() -> site.wire().cuts() - cuts >= form.cuts(), "Nothing commits");
            }
        } finally {
            end.come();
        }
    }

    /** Connections are compared with what the pools may hold: they need not be full before. */
    private boolean hasGrown(int threads) {
        try {
            return site.threads() > threads + MORE_THREADS || site.connections() > site.mostConnections();
        } catch (IOException gone) {
            return true;
        }
    }

    private Account account(List<Call> calls, List<User> owners) throws Exception {
        try (Connection connection = site.store().connect()) {
            return new Account(
                    calls,
                    Ledger.read(
                            connection, owners.stream().map(User::getTenantId).toList(), calls));
        }
    }

    private static void judgeTimes(Duration longest, Duration servedAfter, List<Violation> violations) {
        if (longest.compareTo(ANSWERED_WITHIN) > 0) {
            violations.add(new Violation(Kind.LATE, "a call took " + longest));
        }
        if (servedAfter.compareTo(SERVED_WITHIN) > 0) {
            violations.add(new Violation(Kind.LATE, "all served again after " + servedAfter));
        }
    }

    private static Duration longest(List<Call> calls) {
        return Duration.of(
                calls.stream()
                        .mapToLong(call -> call.answered() - call.asked())
                        .max()
                        .orElse(0),
                ChronoUnit.MICROS);
    }

    private static void keep(Account account, Fault fault, long seed) throws IOException {
        Path target = Path.of("target");
        Path directory = Files.isDirectory(target) ? target : Path.of(System.getProperty("java.io.tmpdir"));
        Path file = directory.resolve("faults-%s-%d.history".formatted(fault, seed));
        account.write(file);
        System.out.println("All calls are in " + file.toAbsolutePath());
    }

    private static void require(java.util.function.BooleanSupplier condition, String otherwise)
            throws InterruptedException {
        if (!Load.await(condition)) {
            throw new IllegalStateException(otherwise);
        }
    }
}
