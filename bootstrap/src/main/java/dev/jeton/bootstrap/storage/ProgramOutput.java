package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a PostgreSQL program printed before it failed. Immutable.
 *
 * @param file holds the text
 */
record ProgramOutput(Path file, String text) {
    private static final int MAX_BYTES = 64 * 1024;

    /** A port in use is an error of its own, before the one that no port is left. */
    static final String PORT_IN_USE = "Address already in use";

    private static final Pattern ERROR =
            Pattern.compile("(?m)(?:^|[:\\]] +)(?:(?:FATAL|PANIC|error): +|LOG: +(?=.*" + PORT_IN_USE + "))(\\S.*)");

    /** Such as "initdb: ", "sh: 1: " or "unshare: ". */
    private static final Pattern NAMED_PROGRAM = Pattern.compile("^[^\\s:]+: (?:\\d+: )?(\\S.*)");

    /** Says that the program failed, not why. */
    private static final Pattern CONSEQUENCE =
            Pattern.compile("^\\S+: (?:could not start server|removing .*)|^Examine the log output");

    /**
     * Reads a program's output, or if it gives no error, the newest log that the server wrote since.
     *
     * @param logs where PostgreSQL writes its log once it runs; the directory need not exist
     * @param since when the program started
     */
    static ProgramOutput read(Path output, Path logs, FileTime since) throws IOException {
        ProgramOutput direct = new ProgramOutput(output, text(output));
        if (ERROR.matcher(direct.text).find()) {
            return direct;
        }
        Optional<Path> log = newest(logs, since);
        return log.isEmpty() ? direct : new ProgramOutput(log.get(), text(log.get()));
    }

    /** Returns the end of a file in any encoding. */
    static String text(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - MAX_BYTES));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the reason that the program gave, without the name of the program or a time. */
    String reason() {
        // The log keeps the errors of earlier starts.
        List<String> lines = text.substring(Math.max(0, text.lastIndexOf("starting PostgreSQL")))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !CONSEQUENCE.matcher(line).find())
                .toList();
        return first(lines, ERROR)
                .or(() -> first(lines, NAMED_PROGRAM))
                .or(() -> lines.stream().reduce((earlier, later) -> later))
                .orElse("it printed no reason");
    }

    private static Optional<String> first(List<String> lines, Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .findFirst();
    }

    private static Optional<Path> newest(Path logs, FileTime since) throws IOException {
        if (!Files.isDirectory(logs)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> modified(file).compareTo(since) >= 0)
                    .max(Comparator.comparing(ProgramOutput::modified));
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException deleted) {
            return FileTime.fromMillis(0);
        }
    }
}
