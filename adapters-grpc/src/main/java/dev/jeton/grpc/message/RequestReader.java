package dev.jeton.grpc.message;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.resource.Etag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses the fields of one message and collects all violations. A parser is any function that throws {@link InvalidArgument}: a value type's
 * constructor, or a method that reads a nested message with its own reader. Not thread-safe.
 */
public final class RequestReader {
    private final Violations violations = new Violations();
    /** How many of them {@link #unlessMissing} added. */
    private int missing;

    /** Parses the only field of a message that can be invalid. */
    public static <A, T> T single(String field, A raw, Function<? super A, ? extends T> parser) {
        RequestReader read = new RequestReader();
        Parsed<T> value = read.value(field, raw, parser);
        return read.build(value::get);
    }

    public <A, T> Parsed<T> value(String field, A raw, Function<? super A, ? extends T> parser) {
        try {
            return Parsed.of(parser.apply(raw));
        } catch (InvalidArgument invalid) {
            violations.addAll(field, invalid);
            return Parsed.invalid();
        }
    }

    /** Returns the parsed value, or null if the field is not present. */
    public <A, T> Parsed<@Nullable T> ifPresent(
            boolean present, String field, A raw, Function<? super A, ? extends T> parser) {
        return present ? value(field, raw, parser) : Parsed.of(null);
    }

    /** Returns the parsed value, or null if the field is empty. */
    public <T> Parsed<@Nullable T> unlessEmpty(String field, String raw, Function<String, ? extends T> parser) {
        return ifPresent(!raw.isEmpty(), field, raw, parser);
    }

    /**
     * Returns the parsed value, or null if the field is empty. That is a violation which is reported only together with others: if there are
     * none, the core reports it together with those that it finds.
     */
    public <T> Parsed<@Nullable T> unlessMissing(String field, String raw, Function<String, ? extends T> parser) {
        if (raw.isEmpty()) {
            violations.add(field, ErrorReason.REQUIRED, "is required");
            missing++;
        }
        return unlessEmpty(field, raw, parser);
    }

    /** Parses a list of at most {@code max} values. */
    public <A, T> Parsed<List<T>> each(
            String field, List<? extends A> raw, int max, Function<? super A, ? extends T> parser) {
        if (raw.size() <= max) {
            return each(field, raw, parser);
        }
        check(false, field, ErrorReason.TOO_MANY, "must have at most %s values".formatted(max));
        return Parsed.invalid();
    }

    /** Parses a list; each violation names its index, such as {@code scopes[2]}. */
    public <A, T> Parsed<List<T>> each(String field, List<? extends A> raw, Function<? super A, ? extends T> parser) {
        List<T> values = new ArrayList<>(raw.size());
        boolean valid = true;
        for (int i = 0; i < raw.size(); i++) {
            try {
                values.add(parser.apply(raw.get(i)));
            } catch (InvalidArgument invalid) {
                violations.addAll("%s[%s]".formatted(field, i), invalid);
                valid = false;
            }
        }
        return valid ? Parsed.of(values) : Parsed.invalid();
    }

    /** Returns the etag of a write, which may be any text; null if empty. */
    public static @Nullable Etag etag(String raw) {
        return raw.isEmpty() ? null : new Etag(raw);
    }

    /** Parses {@code page_size} and {@code page_token}, which every list has. */
    public Parsed<PageRequest> page(int pageSize, String pageToken, PageQuery query) {
        boolean sizeValid = check(
                pageSize >= 0,
                "page_size",
                ErrorReason.OUT_OF_RANGE,
                "must not be negative; 0 is the default of " + PageRequest.DEFAULT_SIZE);
        int size = pageSize == 0 ? PageRequest.DEFAULT_SIZE : Math.min(pageSize, PageRequest.MAX_SIZE);
        Parsed<@Nullable Cursor> after = unlessEmpty("page_token", pageToken, query::cursorOf);
        return sizeValid && after.isValid() ? Parsed.of(new PageRequest(size, after.get())) : Parsed.invalid();
    }

    /** Requires an update to set at least one of its {@code fields}. */
    public void requireChange(boolean anyPresent, String fields) {
        check(anyPresent, "", ErrorReason.NOTHING_TO_UPDATE, "nothing to update; set " + fields);
    }

    /**
     * Records a violation unless {@code valid}.
     *
     * @return {@code valid}
     */
    public boolean check(boolean valid, String field, ErrorReason reason, String description) {
        if (!valid) {
            violations.add(field, reason, description);
        }
        return valid;
    }

    /**
     * Builds the message's value. It is attempted even if violations are already known, so that those it throws are reported too; their field
     * paths are relative to this message.
     *
     * @throws InvalidArgument with all violations, in the order they were found
     */
    public <T> T build(Supplier<T> whole) {
        @Nullable T built = null;
        try {
            built = whole.get();
        } catch (InvalidArgument invalid) {
            violations.addAll(invalid);
        } catch (Parsed.InvalidField alreadyRecorded) {
            built = null;
        }
        if (violations.size() > missing) {
            violations.throwIfAny();
        }
        if (built == null) {
            throw new IllegalStateException("A field is invalid, but no violation was recorded");
        }
        return built;
    }
}
