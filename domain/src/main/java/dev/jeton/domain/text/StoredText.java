package dev.jeton.domain.text;

/**
 * A text that was validated when it was stored. Types accept it unchecked, so that a stricter rule for new texts never makes stored ones
 * unreadable.
 */
public record StoredText(String value) {}
