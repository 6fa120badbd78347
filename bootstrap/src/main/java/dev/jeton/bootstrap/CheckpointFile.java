package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.InvalidConfig;
import dev.jeton.bootstrap.storage.FileErrors;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainHash;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.id.CanonicalUuid;
import dev.jeton.domain.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes checkpoints as text, one line per tenant: id, number of links, last hash. */
final class CheckpointFile {
    private static final int PARTS = 3;

    private CheckpointFile() {}

    static String line(ChainCheckpoint checkpoint) {
        return "%s %s %s".formatted(checkpoint.tenantId(), checkpoint.count(), checkpoint.head());
    }

    /** @throws InvalidConfig if the file is unreadable or not a checkpoint */
    static Map<TenantId, ChainCheckpoint> read(Path file) {
        Map<TenantId, ChainCheckpoint> checkpoints =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    ChainCheckpoint checkpoint = parse(lines.get(i), file + ", line " + (i + 1));
                    checkpoints.put(checkpoint.tenantId(), checkpoint);
                }
            }
        } catch (IOException unreadable) {
            throw new InvalidConfig(List.of("--checkpoint " + file + ": " + FileErrors.describe(unreadable)));
        }
        return checkpoints;
    }

    private static ChainCheckpoint parse(String line, String place) {
        String[] parts = line.strip().split(" +");
        try {
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("parts: " + parts.length);
            }
            return new ChainCheckpoint(
                    new TenantId(CanonicalUuid.parse(parts[0])),
                    Long.parseUnsignedLong(parts[1]),
                    ChainHash.parse(parts[2]));
        } catch (InvalidArgument | IllegalArgumentException malformed) {
            throw new InvalidConfig(List.of("--checkpoint " + place
                    + ": must be a tenant ID, a count and a hash, as printed by \"audit checkpoint\""));
        }
    }
}
