package dev.jeton.bootstrap;

import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns exceptions into one line for a person: neither a wrapper's text nor the name of a class. */
final class ErrorText {
    /** The class name of an exception, and the colon that {@link Throwable#toString} appends. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z][\\w$]*(?:Exception|Error)\\b(?:: )?");

    private ErrorText() {}

    /** Returns the first line of the message of the first cause that is not a wrapper. */
    static String of(Throwable failure) {
        Throwable original = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = wrapped(cause)) {
            original = cause;
        }
        String message = original.getMessage() == null ? "" : original.getMessage();
        String line = withoutClassNames(message).lines().findFirst().orElse("");
        return line.isBlank() ? "An unexpected error; log at DEBUG to see its cause, and report it" : line;
    }

    /** Returns the text without the class names of exceptions in it. */
    static String withoutClassNames(String text) {
        return CLASS_NAME.matcher(text).replaceAll("").strip();
    }

    private static @Nullable Throwable wrapped(Throwable failure) {
        if (failure instanceof CreationException creation) {
            return firstCause(creation.getErrorMessages());
        }
        if (failure instanceof ProvisionException provision) {
            return firstCause(provision.getErrorMessages());
        }
        return failure instanceof CompletionException || failure instanceof ExecutionException
                ? failure.getCause()
                : null;
    }

    /** Guice names no cause of several errors, though they mostly have the same. */
    private static @Nullable Throwable firstCause(Collection<Message> errors) {
        List<Throwable> causes =
                errors.stream().map(Message::getCause).filter(Objects::nonNull).toList();
        return causes.isEmpty() ? null : causes.get(0);
    }
}
