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
 * Turns the fields of one message into values and gathers all that is wrong with them. A parser is any function that throws
 * {@link InvalidArgument}: a value type's constructor, or the method that reads a nested message with a reader of its own. Not thread-safe.
 */
public final class RequestReader {
    private final Violations violations = new Violations();

    /** The one field of a message that has nothing else to be wrong. */
    public static <A, T> T only(String field, A raw, Function<? super A, ? extends T> parser) {
        RequestReader read = new RequestReader();
        Parsed<T> value = read.value(field, raw, parser);
        return read.build(value::get);
    }

    public <A, T> Parsed<T> value(String field, A raw, Function<? super A, ? extends T> parser) {
        try {
            return Parsed.of(parser.apply(raw));
        } catch (InvalidArgument invalid) {
            violations.addAll(field, invalid);
            return Parsed.faulty();
        }
    }

    /** Null unless present. */
    public <A, T> Parsed<@Nullable T> ifPresent(
            boolean present, String field, A raw, Function<? super A, ? extends T> parser) {
        return present ? value(field, raw, parser) : Parsed.of(null);
    }

    /** Null if empty. */
    public <T> Parsed<@Nullable T> unlessEmpty(String field, String raw, Function<String, ? extends T> parser) {
        return ifPresent(!raw.isEmpty(), field, raw, parser);
    }

    /** A list of at most {@code max} values. */
    public <A, T> Parsed<List<T>> each(
            String field, List<? extends A> raw, int max, Function<? super A, ? extends T> parser) {
        if (raw.size() <= max) {
            return each(field, raw, parser);
        }
        check(false, field, ErrorReason.TOO_MANY, "must have at most %d values".formatted(max));
        return Parsed.faulty();
    }

    /** A list; each violation names its index, such as {@code scopes[2]}. */
    public <A, T> Parsed<List<T>> each(String field, List<? extends A> raw, Function<? super A, ? extends T> parser) {
        List<T> values = new ArrayList<>(raw.size());
        boolean inOrder = true;
        for (int i = 0; i < raw.size(); i++) {
            try {
                values.add(parser.apply(raw.get(i)));
            } catch (InvalidArgument invalid) {
                violations.addAll("%s[%d]".formatted(field, i), invalid);
                inOrder = false;
            }
        }
        return inOrder ? Parsed.of(values) : Parsed.faulty();
    }

    /** The etag that every write may carry, any text at all; null if empty. */
    public static @Nullable Etag etag(String raw) {
        return raw.isEmpty() ? null : new Etag(raw);
    }

    /** The two fields that every list has. */
    public Parsed<PageRequest> page(int pageSize, String pageToken, PageQuery query) {
        boolean sizeInOrder = check(
                pageSize >= 0 && pageSize <= PageRequest.MAX_SIZE,
                "page_size",
                ErrorReason.OUT_OF_RANGE,
                "must be 1 to %d, or 0 for %d".formatted(PageRequest.MAX_SIZE, PageRequest.DEFAULT_SIZE));
        Parsed<@Nullable Cursor> after = unlessEmpty("page_token", pageToken, query::cursorOf);
        return sizeInOrder && after.isInOrder()
                ? Parsed.of(new PageRequest(pageSize == 0 ? PageRequest.DEFAULT_SIZE : pageSize, after.get()))
                : Parsed.faulty();
    }

    /** For updates: at least one of {@code fields} must be present. */
    public void requireChange(boolean anyPresent, String fields) {
        check(
                anyPresent,
                "",
                ErrorReason.NOTHING_TO_UPDATE,
                "nothing to change is named; set at least one of: " + fields);
    }

    /** @return whether the field is in order */
    public boolean check(boolean inOrder, String field, ErrorReason reason, String description) {
        if (!inOrder) {
            violations.add(field, reason, description);
        }
        return inOrder;
    }

    /**
     * The whole message's value. Building it may bring up more violations, which are as seen from this message; it is tried even if some
     * are known already, so that callers are told of all.
     *
     * @throws InvalidArgument with everything that is wrong, in the order it was found
     */
    public <T> T build(Supplier<T> whole) {
        @Nullable T built = null;
        try {
            built = whole.get();
        } catch (InvalidArgument invalid) {
            violations.addAll(invalid);
        } catch (Parsed.Faulty known) {
            built = null;
        }
        violations.throwIfAny();
        if (built == null) {
            throw new IllegalStateException("A field is not in order, but nobody noted why");
        }
        return built;
    }
}
