package dev.jeton.application.port.inbound.token;

import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;

/** A token and its status at one instant. */
public record TokenView(Token token, TokenStatus status) {}
