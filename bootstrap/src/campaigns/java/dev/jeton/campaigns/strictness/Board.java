package dev.jeton.campaigns.strictness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** The subjects that everybody may verify now, and what came of those that are gone. Thread-safe. */
final class Board {
    private static final int MAX_TOLD = 20;

    private final List<Subject> subjects = new CopyOnWriteArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long violated;
    private long verifications;

    void add(Subject subject) {
        subjects.add(subject);
    }

    /** As many as are wanted at most, none of them twice, all with the same caller. */
    List<Subject> pick(RandomGenerator random, int wanted) {
        List<Subject> all = new ArrayList<>(subjects);
        List<Subject> picked = new ArrayList<>();
        while (picked.size() < wanted && !all.isEmpty()) {
            Subject next = all.remove(random.nextInt(all.size()));
            if (picked.isEmpty() || picked.get(0).caller().equals(next.caller())) {
                picked.add(next);
            }
        }
        return picked;
    }

    /** Lets nobody verify it any more, and judges those who did. */
    void retire(Subject subject) throws InterruptedException {
        subjects.remove(subject);
        List<String> found = subject.history().close();
        synchronized (violations) {
            violated += found.size();
            verifications += subject.history().readings();
            found.stream().limit(MAX_TOLD - violations.size()).forEach(violations::add);
        }
    }

    long verifications() {
        synchronized (violations) {
            return verifications;
        }
    }

    long violated() {
        synchronized (violations) {
            return violated;
        }
    }

    /** The first few. */
    List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }
}
