package dev.jeton.grpc.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.jeton.application.access.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/**
 * Creates queries whose page tokens cannot be forged, altered, or used for another query or by another user. Thread-safe.
 *
 * @see PageQuery
 */
public final class PageTokens {
    private final SecretKeySpec key;

    /** @param key must be the same on all replicas: a list started on one may continue on another */
    public PageTokens(byte[] key) {
        this.key = new SecretKeySpec(key, PageQuery.ALGORITHM);
    }

    /**
     * Returns the caller's query: all fields of {@code request} except {@code page_size} and {@code page_token}.
     */
    public PageQuery query(Caller caller, Message request) {
        byte[] rpc = request.getDescriptorForType().getFullName().getBytes(StandardCharsets.UTF_8);
        byte[] fields = request.toBuilder()
                .clearField(field(request, "page_size"))
                .clearField(field(request, "page_token"))
                .build()
                .toByteArray();
        UUID user = caller.userId().value();
        byte[] identity = ByteBuffer.allocate(Integer.BYTES + rpc.length + 2 * Long.BYTES + fields.length)
                .putInt(rpc.length)
                .put(rpc)
                .putLong(user.getMostSignificantBits())
                .putLong(user.getLeastSignificantBits())
                .put(fields)
                .array();
        return new PageQuery(key, identity);
    }

    private static FieldDescriptor field(Message request, String name) {
        return request.getDescriptorForType().findFieldByName(name);
    }
}
