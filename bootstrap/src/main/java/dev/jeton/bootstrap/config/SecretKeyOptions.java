package dev.jeton.bootstrap.config;

import dev.jeton.domain.token.SecretHasher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How secrets are hashed: options of the commands that issue any. Filled in by picocli. */
public final class SecretKeyOptions {
    @Option(
            names = "--secret-key-file",
            paramLabel = "FILE",
            description =
                    "File with the keys that secrets are hashed with, a line of KEYID BASE64 for each, the newest first, or none above them all; not every user of this machine may read it (default: no key).")
    @Nullable Path secretKeyFile;

    /** Adds a line for each thing that is wrong. */
    void check(List<String> faults) {
        read(faults);
    }

    /** To be called only where nothing was found wrong. */
    public SecretHasher toHasher() {
        return read(new ArrayList<>());
    }

    private SecretHasher read(List<String> faults) {
        return secretKeyFile == null ? new SecretHasher() : new SecretKeyFile(secretKeyFile).read(faults);
    }
}
