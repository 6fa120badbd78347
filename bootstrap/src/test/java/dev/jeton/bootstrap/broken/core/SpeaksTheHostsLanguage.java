package dev.jeton.bootstrap.broken.core;

/** Depends on the default locale. */
public final class SpeaksTheHostsLanguage {
    private final String name;

    public SpeaksTheHostsLanguage(String name) {
        this.name = name.toUpperCase();
    }

    public String name() {
        return name;
    }
}
