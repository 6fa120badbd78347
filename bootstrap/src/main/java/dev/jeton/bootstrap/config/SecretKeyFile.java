package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.storage.OptionFile;
import dev.jeton.domain.token.HashKey;
import dev.jeton.domain.token.SecretHasher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A file of keys for hashing secrets. Each line holds a key ID and the key in Base64, newest key first. {@code none} as the first entry
 * hashes new secrets without a key. {@code #} starts a comment. Errors name the line and never show its content. Immutable.
 */
record SecretKeyFile(OptionFile file) {

    private static final String NONE = "none";

    /** Returns the hasher for these keys; do not use it if errors were added. */
    SecretHasher read(List<String> errors) {
        List<HashKey> keys = new ArrayList<>();
        boolean keyless = false;
        Optional<byte[]> bytes = file.readSecret(errors);
        int errorsBefore = errors.size();
        List<String> lines = bytes.map(text ->
                        new String(text, StandardCharsets.US_ASCII).lines().toList())
                .orElse(List.of());
        for (int i = 0; i < lines.size(); i++) {
            String content = lines.get(i).replaceFirst("#.*", "").strip();
            if (content.equals(NONE) && keys.isEmpty()) {
                keyless = true;
            } else {
                read(content, i + 1, keys, errors);
            }
        }
        if (bytes.isPresent() && keys.isEmpty() && errors.size() == errorsBefore) {
            errors.add(file.error("contains no key; add lines of the form KEYID BASE64"));
        }
        return keyless ? SecretHasher.keyless(keys) : new SecretHasher(keys);
    }

    private void read(String line, int number, List<HashKey> keys, List<String> errors) {
        if (line.isEmpty()) {
            return;
        }
        String[] words = line.split("\\s+");
        try {
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        words[0].equals(NONE) ? "none must come before all keys" : "must be KEYID BASE64");
            }
            HashKey key = new HashKey(words[0], decoded(words[1]));
            requireDistinct(key, keys);
            keys.add(key);
        } catch (IllegalArgumentException wrong) {
            errors.add(file.error("line " + number + ": " + wrong.getMessage()));
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException quotesKey) {
            throw new IllegalArgumentException("the key is not valid Base64; create one with openssl rand -base64 32");
        }
    }

    private static void requireDistinct(HashKey key, List<HashKey> keys) {
        for (HashKey before : keys) {
            if (before.id().equals(key.id())) {
                throw new IllegalArgumentException("duplicate key ID " + key.id());
            }
            if (before.sameBytesAs(key)) {
                throw new IllegalArgumentException(
                        "key %s has the same value as key %s".formatted(key.id(), before.id()));
            }
        }
    }
}
