package dev.jeton.grpc.message;

import com.google.protobuf.ProtocolMessageEnum;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Maps a domain enum to the proto enum with the same value names after a prefix, and back. The proto's first value is UNSPECIFIED.
 * Immutable.
 */
public final class EnumMapping<D extends Enum<D>, P extends Enum<P> & ProtocolMessageEnum> {
    private final Map<D, P> toProto;
    private final Map<P, D> toDomain;

    private EnumMapping(Map<D, P> toProto, Map<P, D> toDomain) {
        this.toProto = Collections.unmodifiableMap(toProto);
        this.toDomain = Collections.unmodifiableMap(toDomain);
    }

    /** @throws IllegalArgumentException if a domain value has no proto value */
    public static <D extends Enum<D>, P extends Enum<P> & ProtocolMessageEnum> EnumMapping<D, P> byName(
            Class<D> domain, Class<P> proto, String prefix) {
        Map<D, P> toProto = new EnumMap<>(domain);
        Map<P, D> toDomain = new EnumMap<>(proto);
        for (D value : domain.getEnumConstants()) {
            P counterpart = Enum.valueOf(proto, prefix + value.name());
            toProto.put(value, counterpart);
            toDomain.put(counterpart, value);
        }
        return new EnumMapping<>(toProto, toDomain);
    }

    public P toProto(D value) {
        return toProto.get(value);
    }

    /** @throws InvalidArgument with INVALID_ENUM_VALUE if the value is UNSPECIFIED or unknown */
    public D toDomain(P value) {
        D known = toDomain.get(value);
        if (known == null) {
            throw new InvalidArgument(
                    ErrorReason.INVALID_ENUM_VALUE,
                    "must be one of "
                            + toProto.values().stream().map(Enum::name).collect(Collectors.joining(", ")));
        }
        return known;
    }

    /** Whether the value is not UNSPECIFIED. */
    public static boolean isSpecified(Enum<?> value) {
        return value.ordinal() != 0;
    }
}
