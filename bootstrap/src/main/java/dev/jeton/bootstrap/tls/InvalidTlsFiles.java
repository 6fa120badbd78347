package dev.jeton.bootstrap.tls;

import java.util.List;

/** All that is wrong with the files of certificates, at once: one line for each fault. */
final class InvalidTlsFiles extends RuntimeException {
    private final transient List<String> faults;

    InvalidTlsFiles(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    List<String> faults() {
        return faults;
    }
}
