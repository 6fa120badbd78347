package dev.jeton.domain.resource;

/** An opaque version tag that callers send back to avoid overwriting another change (RFC 9110, section 8.8.3; AIP-154). */
public record Etag(String value) {}
