package dev.jeton.grpc.message;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Converts pages to messages. */
public final class ReplyPages {
    /** The field of the items in every list's reply. */
    private static final int ITEMS = 1;

    /** For the {@code next_page_token}. */
    private static final int OTHER_FIELDS = 64;

    private ReplyPages() {}

    /**
     * Converts the items, and ends the page before the first that would make the reply exceed {@link PageRequest#MAX_BYTES}. Holds at least one
     * item if {@code page} does.
     *
     * @param id returns the sort key of an item
     */
    public static <T, M extends MessageLite> Page<M> of(
            Page<T> page, Function<? super T, M> toMessage, Function<? super T, UUID> id) {
        List<M> messages = new ArrayList<>(page.items().size());
        int bytes = OTHER_FIELDS;
        for (T item : page.items()) {
            M message = toMessage.apply(item);
            bytes += CodedOutputStream.computeMessageSize(ITEMS, message);
            if (bytes > PageRequest.MAX_BYTES && !messages.isEmpty()) {
                UUID last = id.apply(page.items().get(messages.size() - 1));
                return new Page<>(messages, new Cursor(last));
            }
            messages.add(message);
        }
        return new Page<>(messages, page.next());
    }
}
