package dev.jeton.bootstrap;

import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import org.jspecify.annotations.Nullable;

/** Turns exceptions into one line for the log. */
final class ErrorText {

    private ErrorText() {}

    /** Returns the first line of the message of the first cause that is not one of Guice's wrappers. */
    static String of(Throwable failure) {
        Throwable original = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            original = cause;
            if (!(cause instanceof CreationException || cause instanceof ProvisionException)) {
                break;
            }
        }
        String message = original.getMessage() == null ? original.toString() : original.getMessage();
        return message.lines().findFirst().orElse(original.toString());
    }
}
