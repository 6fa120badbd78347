package dev.jeton.bootstrap.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown page of the repository.
 *
 * @param path relative to the repository's root
 */
public record Page(Path path, List<String> lines) {
    /** Tests run in their module's directory. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param language what follows the opening fence
     * @param line the first line of its text, counted from 1
     */
    record Block(String language, int line, String text) {}

    /** A block of shell lines, with the output that the page shows below it, if any. */
    record Example(Block commands, @Nullable Block output) {}

    /** The pages at the root and below {@code docs}: first the README and the tour, as a new reader would go. */
    public static List<Page> all() {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> found = new ArrayList<>(Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList());
            List<Path> first = List.of(Path.of("README.md"), Path.of("docs", "tour.md"));
            found.removeAll(first);
            found.addAll(0, first);
            return found.stream().map(Page::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page read(Path path) {
        try {
            return new Page(path, Files.readAllLines(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1;
                while (!lines.get(end).startsWith(FENCE)) {
                    end++;
                }
                String language = lines.get(i).substring(FENCE.length()).strip();
                blocks.add(new Block(language, i + 2, String.join("\n", lines.subList(i + 1, end))));
                i = end;
            }
        }
        return blocks;
    }

    /** The blocks marked {@code sh}, each with the block marked {@code output} that follows it. */
    List<Example> examples() {
        List<Block> blocks = blocks();
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).language().equals("sh")) {
                boolean shown =
                        i + 1 < blocks.size() && blocks.get(i + 1).language().equals("output");
                examples.add(new Example(blocks.get(i), shown ? blocks.get(i + 1) : null));
            }
        }
        return examples;
    }

    /** The lines outside of fenced blocks, joined. */
    String prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (!fenced) {
                prose.add(line);
            }
        }
        return String.join("\n", prose);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
