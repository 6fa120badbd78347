package dev.jeton.application.port.inbound;

import dev.jeton.domain.token.TokenSecret;

/**
 * A new token and its secret, which nobody can get again.
 */
public record IssuedToken(TokenView view, TokenSecret secret) {}
