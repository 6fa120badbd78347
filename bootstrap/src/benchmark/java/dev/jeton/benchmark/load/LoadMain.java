package dev.jeton.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The load generator's process. It takes a {@link LoadPlan} as arguments and the tokens to present, one on each line up to an empty one, on
 * its standard input. It prints a line when the measured time begins, one when it ends, and the {@link LoadReport}.
 */
public final class LoadMain {
    public static final String MEASURING = "measuring";
    public static final String MEASURED = "measured";
    public static final String REPORT = "report ";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException {
        List<String> bearers = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            bearers.add(line);
        }
        LoadPlan plan = LoadPlan.parse(arguments, bearers);
        Messages messages = Messages.read(plan.messages());
        LoadReport report = new Load(
                        plan,
                        PATIENCE,
                        messages,
                        () -> System.out.println(MEASURING),
                        () -> System.out.println(MEASURED))
                .run();
        System.out.println(REPORT + report.toLine());
    }
}
