package dev.jeton.bootstrap.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A wrong clock for a process, by the library libfaketime (package {@code faketime} of Debian and others). */
public record Faketime(Duration offset) {
    private static final String NAME = "libfaketimeMT.so.1";

    /** Whether the library is installed. */
    public static boolean isInstalled() {
        return library().findAny().isPresent();
    }

    /** The environment of the process. Only the wall clock is wrong: no real machine's monotonic clock jumps. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library().findAny().orElseThrow().toString(),
                "FAKETIME", "%+d".formatted(offset.toSeconds()),
                "DONT_FAKE_MONOTONIC", "1");
    }

    private static Stream<Path> library() {
        return Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
                .map(directory -> Path.of(directory, "faketime", NAME))
                .filter(Files::exists);
    }
}
