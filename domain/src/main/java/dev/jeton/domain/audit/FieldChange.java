package dev.jeton.domain.audit;

import org.jspecify.annotations.Nullable;

/**
 * A change to one field. Never contains a secret or its hash.
 *
 * @param field the field's path in the public API
 * @param oldValue null if the field was unset
 * @param newValue null if the field is now unset
 */
public record FieldChange(
        String field, @Nullable String oldValue, @Nullable String newValue) {}
