package dev.jeton.benchmark;

import dev.jeton.benchmark.Results.Met;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P7: how long the server takes to start. */
final class StartLines {
    private static final int CONNECTIONS = 100;
    private static final double EMBEDDED_SECONDS = 3;
    private static final double EXTERNAL_SECONDS = 2;

    private final Bench bench;

    StartLines(Bench bench) {
        this.bench = bench;
    }

    /** Starts the server again and again: as it is, and with an archive of the classes that an earlier start loaded. */
    void measure() throws IOException {
        measure("", List.of());
        Path archive = bench.scene().file("classes.jsa");
        bench.scene().restart(List.of("-XX:ArchiveClassesAtExit=" + archive));
        bench.scene().server().close();
        measure(" and a class archive", List.of("-XX:SharedArchiveFile=" + archive));
    }

    private void measure(String with, List<String> jvmOptions) throws IOException {
        List<Double> embedded = new ArrayList<>();
        for (int i = 0; i < bench.form().starts(); i++) {
            bench.scene().restart(jvmOptions);
            embedded.add(seconds(bench.scene().server().startTime()));
        }
        add("start to serving, embedded database made before" + with, EMBEDDED_SECONDS, embedded);

        bench.scene().server().close();
        List<Double> external = new ArrayList<>();
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(DataDirectory.open(bench.scene().data()), CONNECTIONS)) {
            Thread end = new Thread(database::close);
            Runtime.getRuntime().addShutdownHook(end);
            for (int i = 0; i < bench.form().starts(); i++) {
                external.add(seconds(startOn(database.login(), jvmOptions)));
            }
            Runtime.getRuntime().removeShutdownHook(end);
        }
        add("start to serving, database elsewhere" + with, EXTERNAL_SECONDS, external);
    }

    private Duration startOn(Login login, List<String> jvmOptions) throws IOException {
        Path password = Files.writeString(bench.scene().file("password"), login.password() + "\n");
        try (JetonServer server = JetonServer.start(
                bench.scene().file("elsewhere"),
                jvmOptions,
                "--db-url=" + login.url(),
                "--db-user=" + login.user(),
                "--db-password-file=" + password)) {
            return server.startTime();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void add(String what, double target, List<Double> seconds) {
        double median = Median.of(seconds);
        bench.results()
                .add(
                        "P7",
                        what,
                        String.format(Locale.ROOT, "≤ %.0f s", target),
                        String.format(
                                Locale.ROOT,
                                "%.2f s (best of %d: %.2f s)",
                                median,
                                seconds.size(),
                                seconds.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .min()
                                        .orElseThrow()),
                        Results.ratio(median / target),
                        Met.when(median <= target));
    }
}
