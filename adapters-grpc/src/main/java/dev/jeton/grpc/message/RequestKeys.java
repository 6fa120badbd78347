package dev.jeton.grpc.message;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import dev.jeton.application.port.inbound.RequestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads the {@code request_id} of a create together with a digest of the rest of the request. */
public final class RequestKeys {
    private static final String FIELD = "request_id";

    private RequestKeys() {}

    /** Returns null if {@code request_id} is empty. */
    public static Parsed<@Nullable RequestKey> read(RequestReader read, Message request, String requestId) {
        return read.unlessEmpty(FIELD, requestId, text -> new RequestKey(Ids.uuid(text), digest(request)));
    }

    private static String digest(Message request) {
        Message body = request.toBuilder()
                .clearField(request.getDescriptorForType().findFieldByName(FIELD))
                .build();
        byte[] bytes = new byte[body.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            body.writeTo(output);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
