package dev.jeton.benchmark;

import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** P7: the server's start time, without a warm-up. P16 tells it with one. */
final class StartTime {
    private static final int CONNECTIONS = 100;
    private static final double EMBEDDED_SECONDS = 3;
    private static final double EXTERNAL_SECONDS = 2.5;
    private static final double ARCHIVE_SAVES = 1;

    private final TestBed bed;

    StartTime(TestBed bed) {
        this.bed = bed;
    }

    /** Measures starts with and without a class-data archive. Leaves the server stopped. */
    void measure() throws IOException {
        measure("", 0, List.of());
        Path archive = bed.file("classes.jsa");
        bed.restart(List.of("-XX:ArchiveClassesAtExit=" + archive));
        bed.server().close();
        measure(" and a class archive", ARCHIVE_SAVES, List.of("-XX:SharedArchiveFile=" + archive));
    }

    private void measure(String with, double saved, List<String> jvmOptions) throws IOException {
        List<Double> embedded = new ArrayList<>();
        for (int i = 0; i < bed.scale().starts(); i++) {
            bed.restart(jvmOptions);
            embedded.add(bed.server().startTime().toMillis() / 1e3);
        }
        add("start to serving, existing embedded database" + with, EMBEDDED_SECONDS - saved, embedded);

        bed.server().close();
        List<Double> external = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(DataDirectory.open(bed.data()), CONNECTIONS)) {
            Thread atExit = new Thread(database::close);
            Runtime.getRuntime().addShutdownHook(atExit);
            for (int i = 0; i < bed.scale().starts(); i++) {
                external.add(startOn(database.login(), jvmOptions).toMillis() / 1e3);
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
        add("start to serving, external database" + with, EXTERNAL_SECONDS - saved, external);
    }

    private Duration startOn(Login login, List<String> jvmOptions) throws IOException {
        Path password = bed.file("password");
        OwnerOnly.write(password, login.password());
        try (JetonProcess server = JetonProcess.start(
                jvmOptions,
                bed.file("external"),
                "--db-url=" + login.url(),
                "--db-user=" + login.user(),
                "--db-password-file=" + password)) {
            return server.startTime();
        }
    }

    private void add(String what, double target, List<Double> seconds) {
        double median = Comparison.median(seconds);
        String measured = String.format(
                Locale.ROOT, "%.2f s (best of %d: %.2f s)", median, seconds.size(), Collections.min(seconds));
        bed.table().add("P7", what, "≤ %.1f s".formatted(target), measured, median / target, median <= target);
    }
}
