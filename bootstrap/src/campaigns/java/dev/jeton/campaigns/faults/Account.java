package dev.jeton.campaigns.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All calls of an experiment and what the database held afterwards; as a file, one line for each. Immutable. */
record Account(List<Call> calls, List<Found> found) {

    Account {
        calls = List.copyOf(calls);
        found = List.copyOf(found);
    }

    /** Only what tells of that token. */
    Account of(String label) {
        return new Account(
                calls.stream().filter(call -> call.label().equals(label)).toList(),
                found.stream().filter(one -> one.label().equals(label)).toList());
    }

    void write(Path file) throws IOException {
        Files.write(
                file,
                Stream.concat(calls.stream().map(Call::toLine), found.stream().map(Found::toLine))
                        .toList());
    }

    static Account read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return new Account(
                lines.stream()
                        .filter(line -> line.startsWith("call\t"))
                        .map(Call::ofLine)
                        .toList(),
                lines.stream()
                        .filter(line -> line.startsWith("found\t"))
                        .map(Found::ofLine)
                        .toList());
    }
}
