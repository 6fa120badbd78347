package dev.jeton.domain.token;

/** The masked form of a secret that lists show, such as {@code jtn_…Xk3f}. */
public record SecretHint(String value) {}
