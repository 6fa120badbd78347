package dev.jeton.bootstrap.tls;

import java.util.List;

/** Lists everything wrong with the TLS files, one line per error. */
final class InvalidTlsFiles extends RuntimeException {
    private final transient List<String> errors;

    InvalidTlsFiles(List<String> errors) {
        super(String.join("; ", errors));
        this.errors = List.copyOf(errors);
    }

    List<String> errors() {
        return errors;
    }
}
