package dev.jeton.campaigns.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resources held by a JVM on Linux.
 *
 * @param heap bytes in use after a full collection
 */
record Vitals(long threads, long descriptors, long heap) {
    private static final long MORE_THREADS = 12;
    private static final long MORE_DESCRIPTORS = 12;
    private static final long MORE_HEAP = 12 << 20;

    static boolean areAvailable() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    static Vitals of(ProcessHandle process) {
        Path directory = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return new Vitals(count(directory.resolve("task")), count(directory.resolve("fd")), heap(process.pid()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The names of the resources that grew notably; empty if none did. */
    List<String> moreThan(Vitals before) {
        List<String> more = new ArrayList<>();
        if (threads > before.threads + MORE_THREADS) {
            more.add("threads");
        }
        if (descriptors > before.descriptors + MORE_DESCRIPTORS) {
            more.add("descriptors");
        }
        if (heap > before.heap + MORE_HEAP) {
            more.add("heap");
        }
        return more;
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    /** The last line of the histogram is such as {@code Total 123456 12345678}. */
    private static long heap(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram").start();
        String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        String total = histogram.substring(histogram.lastIndexOf('\n') + 1);
        return Long.parseLong(total.split("\\s+")[2]);
    }
}
