package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.storage.OptionFile;
import dev.jeton.domain.token.SecretHasher;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that hash token secrets. Filled in by picocli. */
@OptionGroup("Secret hashing")
public final class SecretKeyOptions {
    @Option(
            names = "--secret-key-file",
            paramLabel = "FILE",
            description =
                    "File of hash keys, one KEYID BASE64 per line, newest first; must not be world-accessible (default: no keys).")
    @Nullable Path secretKeyFile;

    private SecretHasher hasher = new SecretHasher();

    /** Reads the file, once, and adds a line for each error. */
    void check(List<String> errors) {
        if (secretKeyFile != null) {
            hasher = new SecretKeyFile(new OptionFile("--secret-key-file", secretKeyFile)).read(errors);
        }
    }

    /** Call this only if {@link #check} reported no errors. */
    public SecretHasher toHasher() {
        return hasher;
    }
}
