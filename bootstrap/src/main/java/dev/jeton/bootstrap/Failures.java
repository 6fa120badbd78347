package dev.jeton.bootstrap;

import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import org.jspecify.annotations.Nullable;

/** Failures of a start, told to the person who started it. */
final class Failures {

    private Failures() {}

    /** What the failure says that was there before injectors and wrappers put their own words around it. */
    static String oneLine(Throwable failure) {
        Throwable telling = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            telling = cause;
            if (!(cause instanceof CreationException || cause instanceof ProvisionException)) {
                break;
            }
        }
        String message = telling.getMessage() == null ? telling.toString() : telling.getMessage();
        return message.lines().findFirst().orElse(telling.toString());
    }
}
