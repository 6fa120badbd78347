package dev.jeton.grpc.message;

import dev.jeton.application.page.Cursor;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One list query, which issues and checks the page tokens of its results. A token is a format number, the last id of the previous page, and
 * a keyed hash of both and the query, in base64url: 33 bytes in exactly 44 characters. Immutable.
 */
public final class PageQuery {
    static final String ALGORITHM = "HmacSHA256";

    private static final byte FORMAT = 1;
    private static final int POSITION_LENGTH = 1 + 2 * Long.BYTES;
    private static final int TAG_LENGTH = 16;
    private static final int TEXT_LENGTH = (POSITION_LENGTH + TAG_LENGTH) * 4 / 3;

    private final SecretKeySpec key;
    private final byte[] identity;

    PageQuery(SecretKeySpec key, byte[] identity) {
        this.key = key;
        this.identity = identity;
    }

    /** Returns the {@code next_page_token}; empty after the last page. */
    public String tokenFor(@Nullable Cursor next) {
        if (next == null) {
            return "";
        }
        byte[] position = ByteBuffer.allocate(POSITION_LENGTH)
                .put(FORMAT)
                .putLong(next.lastId().getMostSignificantBits())
                .putLong(next.lastId().getLeastSignificantBits())
                .array();
        byte[] token = Arrays.copyOf(position, POSITION_LENGTH + TAG_LENGTH);
        System.arraycopy(tag(position), 0, token, POSITION_LENGTH, TAG_LENGTH);
        return Base64.getUrlEncoder().encodeToString(token);
    }

    /** @throws InvalidArgument with INVALID_PAGE_TOKEN unless this query issued the token */
    Cursor cursorOf(String token) {
        byte[] bytes = decode(token);
        byte[] position = Arrays.copyOf(bytes, POSITION_LENGTH);
        byte[] tag = Arrays.copyOfRange(bytes, POSITION_LENGTH, bytes.length);
        if (!MessageDigest.isEqual(tag, tag(position)) || position[0] != FORMAT) {
            throw invalid();
        }
        ByteBuffer id = ByteBuffer.wrap(position, 1, POSITION_LENGTH - 1);
        return new Cursor(new UUID(id.getLong(), id.getLong()));
    }

    private byte[] tag(byte[] position) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(position);
            return Arrays.copyOf(mac.doFinal(identity), TAG_LENGTH);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }

    private static byte[] decode(String token) {
        if (token.length() != TEXT_LENGTH || token.indexOf('=') >= 0) {
            throw invalid();
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    private static InvalidArgument invalid() {
        return new InvalidArgument(
                ErrorReason.INVALID_PAGE_TOKEN,
                "must be the next_page_token of the same query's previous page; leave it empty to start over");
    }
}
