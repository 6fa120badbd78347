package dev.jeton.domain.audit;

import org.jspecify.annotations.Nullable;

/**
 * One field that changed. Never a secret or its hash.
 *
 * @param field its path, as in the public contract
 * @param oldValue null: it had none
 * @param newValue null: it has none any more
 */
public record FieldChange(
        String field, @Nullable String oldValue, @Nullable String newValue) {}
