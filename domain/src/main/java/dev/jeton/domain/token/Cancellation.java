package dev.jeton.domain.token;

import dev.jeton.domain.text.FreeText;

/** The cancellation of a token that has not been reactivated. */
public record Cancellation(FreeText reason) {}
