package dev.jeton.application.port.inbound;

import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;

/**
 * A token at the instant it was looked at.
 */
public record TokenView(Token token, TokenStatus status) {}
