package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.domain.token.HashKey;
import dev.jeton.domain.token.SecretHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Keys that secrets are hashed with: on each line an id and the key in Base64, the newest key first, or {@code none} above them all where
 * hashing does without; what follows a {@code #} is a comment. What is wrong with it becomes lines that name the place, and never show what
 * stands there. Immutable.
 */
record SecretKeyFile(Path path) {

    private static final String NONE = "none";

    /** What hashes as the file says; of no use if there is a fault. */
    SecretHasher read(List<String> faults) {
        List<HashKey> keys = new ArrayList<>();
        boolean keyless = false;
        try {
            if (OwnerOnly.isEverybodys(path)) {
                faults.add(fault(OwnerOnly.EVERYBODYS));
            }
            int faultsBefore = faults.size();
            String text = new String(Files.readAllBytes(path), StandardCharsets.US_ASCII);
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                String content = line.replaceFirst("#.*", "").strip();
                if (content.equals(NONE) && keys.isEmpty()) {
                    keyless = true;
                } else {
                    read(content, number, keys, faults);
                }
            }
            if (keys.isEmpty() && faults.size() == faultsBefore) {
                faults.add(fault("holds no key: each line is KEYID BASE64"));
            }
        } catch (NoSuchFileException missing) {
            faults.add(fault("there is no such file"));
        } catch (IOException unreadable) {
            faults.add(fault("cannot be read: " + unreadable));
        }
        return keyless ? SecretHasher.keyless(keys) : new SecretHasher(keys);
    }

    private void read(String line, int number, List<HashKey> keys, List<String> faults) {
        if (line.isEmpty()) {
            return;
        }
        String[] words = line.split("\\s+");
        try {
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        words[0].equals(NONE) ? "none must stand above all keys" : "must be KEYID BASE64");
            }
            HashKey key = new HashKey(words[0], decoded(words[1]));
            requireAnother(key, keys);
            keys.add(key);
        } catch (IllegalArgumentException wrong) {
            faults.add(fault("line " + number + ": " + wrong.getMessage()));
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException quotesIt) {
            throw new IllegalArgumentException("the key is not Base64; openssl rand -base64 32 makes one");
        }
    }

    private static void requireAnother(HashKey key, List<HashKey> keys) {
        for (HashKey before : keys) {
            if (before.id().equals(key.id())) {
                throw new IllegalArgumentException("there is a key " + key.id() + " already");
            }
            if (before.sameBytesAs(key)) {
                throw new IllegalArgumentException("key %s is the same as %s".formatted(key.id(), before.id()));
            }
        }
    }

    private String fault(String what) {
        return "--secret-key-file " + path + ": " + what;
    }
}
