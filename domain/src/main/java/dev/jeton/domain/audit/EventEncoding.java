package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encodes an event as the bytes that are hashed: big-endian numbers, strings as length and UTF-16, a leading 0 for null and 1 for
 * non-null, lists prefixed by their length. Different events have different bytes. Never change this encoding: every stored hash depends
 * on it.
 */
final class EventEncoding {
    private static final String SCHEME = "jeton-audit-1";

    private final DataOutputStream out;

    private EventEncoding(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    /** Returns the SHA-256 of the previous hash, the position and the whole event. */
    static ChainHash hash(ChainHash previous, TenantId tenantId, long position, AuditEvent event) {
        MessageDigest sha256 = sha256();
        write(previous, tenantId, position, event, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
        return new ChainHash(sha256.digest());
    }

    static void write(ChainHash previous, TenantId tenantId, long position, AuditEvent event, OutputStream out) {
        try {
            EventEncoding encoding = new EventEncoding(out);
            encoding.text(SCHEME);
            encoding.bytes(previous.bytes());
            encoding.uuid(tenantId.value());
            encoding.out.writeLong(position);
            encoding.event(event);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A digest stream cannot fail", impossible);
        }
    }

    private void event(AuditEvent event) throws IOException {
        UserId actor = event.actorUserId();
        TokenId token = event.actorTokenId();
        UserId acting = event.actingUserId();
        uuid(event.id().value());
        instant(event.createTime());
        uuid(event.tenantId().value());
        uuid(actor == null ? null : actor.value());
        uuid(token == null ? null : token.value());
        uuid(acting == null ? null : acting.value());
        text(event.action());
        text(event.resourceType().name());
        uuid(event.resourceId());
        out.writeInt(event.changes().size());
        for (FieldChange change : event.changes()) {
            text(change.field());
            text(change.oldValue());
            text(change.newValue());
        }
        uuid(event.callId().value());
    }

    private void instant(Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private void uuid(@Nullable UUID value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        }
    }

    private void text(@Nullable String value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeInt(value.length());
            out.writeChars(value);
        }
    }

    private void bytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
