package dev.jeton.application.page;

import java.util.UUID;

/** The id of the last item of a page; the next page begins after it. Every list is sorted by descending id, which is newest first. */
public record Cursor(UUID lastId) {}
