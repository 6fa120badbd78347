package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Explains in a few words why a file could not be read. */
public final class FileErrors {

    private FileErrors() {}

    /** Returns a phrase that follows the file's name and a colon. */
    public static String describe(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        return failure instanceof AccessDeniedException ? "permission denied" : "cannot be read: " + failure;
    }
}
