package dev.jeton.domain.token;

/** What a list shows in place of a secret, such as {@code jtn_…Xk3f}. */
public record SecretHint(String value) {}
