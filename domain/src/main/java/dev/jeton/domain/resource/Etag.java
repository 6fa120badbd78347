package dev.jeton.domain.resource;

/** What callers send back to guard against overwriting somebody else's change (RFC 9110, section 8.8.3; AIP-154). Opaque to them. */
public record Etag(String value) {}
