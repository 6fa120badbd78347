package dev.jeton.grpc.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.grpc.error.CallRefused;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Decodes requests of one type; refuses those that are too large, nested too deeply or malformed. Thread-safe. */
final class StrictMarshaller<M extends Message> implements Marshaller<M> {
    private final M prototype;
    private final int maxBytes;
    private final int maxNesting;

    StrictMarshaller(M prototype, int maxBytes, int maxNesting) {
        this.prototype = prototype;
        this.maxBytes = maxBytes;
        this.maxNesting = maxNesting;
    }

    @Override
    public InputStream stream(M message) {
        return message.toByteString().newInput();
    }

    /** @param stream must know its length, as those of {@link RequestDecoding} do */
    @Override
    public M parse(InputStream stream) {
        try {
            if (stream.available() > maxBytes) {
                throw CallRefused.tooLarge(stream.available(), maxBytes);
            }
            return decode(CodedInputStream.newInstance(stream.readAllBytes()));
        } catch (InvalidProtocolBufferException malformed) {
            throw new InvalidArgument(
                    ErrorReason.MALFORMED_REQUEST,
                    "The request is not a valid %s: it is malformed, not UTF-8, or nested more than %s deep."
                            .formatted(prototype.getDescriptorForType().getFullName(), maxNesting));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private M decode(CodedInputStream bytes) throws IOException {
        bytes.setRecursionLimit(maxNesting);
        @SuppressWarnings("unchecked")
        M message = (M) prototype.getParserForType().parseFrom(bytes);
        bytes.checkLastTagWas(0);
        return message;
    }
}
