package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains in a few words why an operation on a file failed. */
public final class FileErrors {

    private FileErrors() {}

    /** Returns a phrase for a file that could not be read, to follow its name and a colon. */
    public static String describe(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof AccessDeniedException
                ? reason(failure)
                : "cannot be read: " + reason(failure);
    }

    /** Returns the reason only, such as "permission denied" or the system's own words. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file or a broken link of this name exists";
        }
        if (failure instanceof CharacterCodingException) {
            return "not UTF-8 text";
        }
        String words = failure instanceof FileSystemException detailed ? detailed.getReason() : failure.getMessage();
        return words == null ? failure.getClass().getSimpleName() : words;
    }

    /** Returns the file, if the failure names one, and the reason. */
    static String withFile(IOException failure) {
        return failure instanceof FileSystemException detailed && detailed.getFile() != null
                ? detailed.getFile() + ": " + reason(failure)
                : reason(failure);
    }
}
