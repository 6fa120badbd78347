package dev.jeton.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** P8: the server's speed and resident memory with a small heap. */
final class SmallHeap {
    private static final double MEBIBYTES = 450;
    private static final double RATIO = 0.75;
    private static final double KIBIBYTES = 1024;

    private final TestBed bed;

    SmallHeap(TestBed bed) {
        this.bed = bed;
    }

    /** Restarts the server with a small heap; restart it afterwards. */
    void measure() throws IOException {
        bed.restart(List.of("-Xmx256m"));
        int hot = bed.scale().hot();
        Path messages = bed.tokens().requestsAtRandom(hot);
        bed.loads().touchAll(messages);
        bed.loads().full(messages);
        Comparison comparison = bed.loads().fullAgainstEcho(messages);
        bed.table().add("P8", "P1 with -Xmx256m over %,d hot tokens".formatted(hot), RATIO, "echo", comparison);
        addResidentMemory();
    }

    private void addResidentMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(bed.server().handle().pid()), "status");
        String what = "resident memory of the server's process then";
        if (!Files.isReadable(status)) {
            bed.table().addReference("P8", what, "unknown: no /proc");
            return;
        }
        double most = mebibytes(status, "VmHWM:");
        String target = "≤ %.0f MiB".formatted(MEBIBYTES);
        String measured = "%.0f MiB (at most %.0f MiB)".formatted(mebibytes(status, "VmRSS:"), most);
        bed.table().add("P8", what, target, measured, most / MEBIBYTES, most <= MEBIBYTES);
    }

    private static double mebibytes(Path status, String name) throws IOException {
        String line = Files.readAllLines(status).stream()
                .filter(candidate -> candidate.startsWith(name))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip()) / KIBIBYTES;
    }
}
