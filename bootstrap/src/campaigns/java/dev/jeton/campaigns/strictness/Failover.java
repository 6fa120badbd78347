package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The long form of {@link FailoverIT}: every kind of {@link FailoverDrill} again and again. It prints what came of each, and ends with
 * status 1 if something was lost or answered wrongly where it must not be, or if nothing was noticed where something is broken.
 */
public final class Failover {
    private static final int ROUNDS = 20;

    private Failover() {}

    /** @param arguments how many rounds, and the seed */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new SplittableRandom().nextLong();
        System.out.println("Seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path directory = Files.createTempDirectory("jeton-failover");
        boolean right = true;
        try {
            Path template = ReplicatedDatabase.template(directory.resolve("template"));
            for (int round = 1; round <= rounds; round++) {
                for (FailoverDrill.Kind kind : FailoverDrill.Kind.values()) {
                    Path place = directory.resolve(round + "-" + kind);
                    FailoverDrill.Outcome outcome = new FailoverDrill(kind, template, random.split()).run(place);
                    System.out.print(outcome);
                    right &= isRight(outcome);
                    FileTree.delete(place);
                }
            }
        } finally {
            FileTree.delete(directory);
        }
        System.out.println(right ? "All as it should be" : "NOT AS IT SHOULD BE");
        System.exit(right ? 0 : 1);
    }

    private static boolean isRight(FailoverDrill.Outcome outcome) {
        boolean flawless = outcome.violated() == 0 && outcome.loss().equals(Ledger.Loss.NONE);
        return switch (outcome.kind()) {
            case FENCED -> flawless;
            case ASYNCHRONOUS, UNFENCED -> !flawless;
            // Whether there is a loss is a matter of luck.
            case ASYNCHRONOUS_CLOSE_BEHIND -> true;
        };
    }
}
