package dev.jeton.domain.token;

import dev.jeton.domain.text.FreeText;

/** That a token was cancelled and not reactivated since. */
public record Cancellation(FreeText reason) {}
