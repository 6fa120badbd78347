package dev.jeton.grpc.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.jeton.application.access.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues page tokens that nobody can make up, alter or use for another query or by another user. Thread-safe.
 *
 * @see PageQuery
 */
public final class PageTokens {
    private final SecretKeySpec key;

    /** @param key the same on all replicas, or a list begun on one of them cannot be continued on another */
    public PageTokens(byte[] key) {
        this.key = new SecretKeySpec(key, PageQuery.ALGORITHM);
    }

    /**
     * The query that {@code request} makes on behalf of {@code caller}: all of its fields but {@code page_size} and {@code page_token}.
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
