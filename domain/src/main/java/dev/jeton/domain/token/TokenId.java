package dev.jeton.domain.token;

import java.util.UUID;

/** Identifies a token. */
public record TokenId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
