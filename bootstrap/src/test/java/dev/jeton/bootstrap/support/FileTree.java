package dev.jeton.bootstrap.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies and deletes directories with their contents. */
public final class FileTree {
    private FileTree() {}

    /** Copies a directory; links stay links. */
    public static void copy(Path from, Path to) throws IOException {
        List<Path> fromTheTop;
        try (Stream<Path> tree = Files.walk(from)) {
            fromTheTop = tree.toList();
        }
        for (Path path : fromTheTop) {
            Files.copy(
                    path,
                    to.resolve(from.relativize(path)),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
    }

    public static void delete(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
