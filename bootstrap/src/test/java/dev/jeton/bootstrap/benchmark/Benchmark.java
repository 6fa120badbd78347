package dev.jeton.bootstrap.benchmark;

import dev.jeton.bootstrap.benchmark.Results.Met;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Measures the packaged server. Says how far it is on standard error, and prints its table on standard output. */
public final class Benchmark {

    private Benchmark() {}

    /** @param arguments {@code short} or {@code long}; then, if not all lines are wanted, which, such as {@code P1 P2} */
    public static void main(String[] arguments) throws IOException {
        Form form = Form.of(arguments.length == 0 ? "short" : arguments[0]);
        Results results = new Results();
        try (Scene scene = Scene.set(form)) {
            List<Owner> owners = new Directory(scene.server()).owners(10);
            Population ten = new Population(owners, 1, System.currentTimeMillis() - 86_400_000L);
            scene.fill(ten, 0, form.tokens());
            Path all = scene.requests(ten, IntStream.range(0, form.tokens()));
            scene.touch(all);
            double echo = scene.echo(all).report().perSecond();
            double verify = scene.verify(all).report().perSecond();
            results.add(
                    "P1",
                    "verify",
                    "≥ 0.6",
                    Results.perSecond(verify),
                    Results.ratio(verify / echo),
                    Met.when(verify / echo >= 0.6));
            double echoOne = scene.echoOneByOne(all).report().p50Millis();
            double verifyOne = scene.verifyOneByOne(all).report().p50Millis();
            results.add("P2", "verify", "", Results.millis(verifyOne), "echo " + Results.millis(echoOne), Met.TOLD);
        }
        System.out.print(results.table());
    }
}
