package dev.jeton.application.page;

import java.util.UUID;

/** The id of the last item of a page; the next page starts after it. Lists are sorted by descending id, newest first. */
public record Cursor(UUID lastId) {}
