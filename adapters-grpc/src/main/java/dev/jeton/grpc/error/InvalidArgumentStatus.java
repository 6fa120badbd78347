package dev.jeton.grpc.error;

import com.google.rpc.BadRequest;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The status of an invalid argument, with every violation in the message and in a {@code BadRequest}. Many clients reject trailers larger
 * than 8 KiB, so violations beyond a budget are only counted.
 */
final class InvalidArgumentStatus {
    static final String OMITTED = "violations_omitted";

    private static final int BUDGET = 7_000;
    /** Bytes of a violation in the details besides its texts. */
    private static final int OVERHEAD = 12;

    private final InvalidArgument invalid;
    private final List<Violation> reported;

    InvalidArgumentStatus(InvalidArgument invalid) {
        this.invalid = invalid;
        this.reported = withinBudget(invalid.violations());
    }

    com.google.rpc.Status toProto() {
        int omitted = invalid.violations().size() - reported.size();
        com.google.rpc.Status.Builder status = StatusMapper.status(
                Status.Code.INVALID_ARGUMENT,
                omitted == 0 ? invalid.getMessage() : shortened(omitted),
                invalid.reason(),
                omitted == 0 ? invalid.metadata() : Map.of(OMITTED, Integer.toString(omitted)));
        BadRequest.Builder badRequest = BadRequest.newBuilder();
        reported.forEach(violation -> badRequest.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                .setField(violation.field())
                .setReason(violation.reason().name())
                .setDescription(violation.description())));
        StatusMapper.attach(status, badRequest.build());
        return status.build();
    }

    private String shortened(int omitted) {
        return new InvalidArgument(reported).getMessage() + "; and %s more violations".formatted(omitted);
    }

    /** Always includes the first one. */
    private static List<Violation> withinBudget(List<Violation> violations) {
        int size = 0;
        for (int i = 0; i < violations.size(); i++) {
            size += sizeInTrailers(violations.get(i));
            if (i > 0 && size > BUDGET) {
                return violations.subList(0, i);
            }
        }
        return violations;
    }

    /** Counts a violation's bytes: percent-encoded in the message, and twice in the Base64 of the details. */
    private static int sizeInTrailers(Violation violation) {
        byte[] text = violation.toString().getBytes(StandardCharsets.UTF_8);
        int encoded = 0;
        for (byte each : text) {
            encoded += each >= ' ' && each < 0x7f && each != '%' ? 1 : 3;
        }
        return encoded + (2 * text.length + violation.reason().name().length() + OVERHEAD) * 4 / 3;
    }
}
