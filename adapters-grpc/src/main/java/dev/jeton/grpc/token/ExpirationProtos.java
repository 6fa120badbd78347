package dev.jeton.grpc.token;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.grpc.message.Parsed;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;

/** Reads the {@code oneof expiration} that several requests share. Its fields differ in type, which identifies the choice. */
final class ExpirationProtos {
    private static final String ONEOF = "expiration";

    private ExpirationProtos() {}

    static Parsed<ExpirationChoice> expiration(RequestReader read, Message request) {
        OneofDescriptor oneof = request.getDescriptorForType().getOneofs().stream()
                .filter(candidate -> candidate.getName().equals(ONEOF))
                .findFirst()
                .orElseThrow();
        if (!request.hasOneof(oneof)) {
            return Parsed.of(ExpirationChoice.unspecified());
        }
        FieldDescriptor chosen = request.getOneofFieldDescriptor(oneof);
        return read.value(chosen.getName(), request.getField(chosen), ExpirationProtos::choice);
    }

    private static ExpirationChoice choice(Object value) {
        if (value instanceof Timestamp time) {
            return new ExpirationChoice.At(Times.instant(time));
        }
        if (value instanceof Date date) {
            return new ExpirationChoice.EndOfDay(Times.day(date));
        }
        if (value instanceof Duration duration) {
            return new ExpirationChoice.After(new Lifetime(Times.duration(duration)));
        }
        if (Boolean.TRUE.equals(value)) {
            return new ExpirationChoice.Never();
        }
        throw new InvalidArgument(ErrorReason.OUT_OF_RANGE, "must be true or unset; false has no meaning");
    }
}
