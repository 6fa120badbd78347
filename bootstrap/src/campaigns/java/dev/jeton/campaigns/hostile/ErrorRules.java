package dev.jeton.campaigns.hostile;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks errors against docs/errors.md: the table of reasons and codes, and the details of each code. Immutable. */
final class ErrorRules {
    private static final Pattern LINE = Pattern.compile("(?m)^\\| ([A-Z_]+) \\| ([A-Z_]+) \\| .* \\| .* \\|$");

    /** Codes that indicate a defect or a timeout. */
    private static final Set<Code> NEVER = EnumSet.of(
            Code.INTERNAL, Code.UNKNOWN, Code.DEADLINE_EXCEEDED, Code.CANCELLED, Code.DATA_LOSS, Code.UNIMPLEMENTED);

    private final Map<String, Code> codes;

    private ErrorRules(Map<String, Code> codes) {
        this.codes = codes;
    }

    static ErrorRules documented() {
        Path docs = Files.isDirectory(Path.of("docs")) ? Path.of("docs") : Path.of("..", "docs");
        try {
            return new ErrorRules(LINE.matcher(Files.readString(docs.resolve("errors.md")))
                    .results()
                    .collect(Collectors.toMap(line -> line.group(1), ErrorRules::code)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Code code(MatchResult line) {
        return Code.valueOf(line.group(2));
    }

    /** Describes what is wrong with an error; null if nothing. */
    @Nullable String complaint(Status status, @Nullable Metadata trailers) {
        if (NEVER.contains(status.getCode())) {
            return "forbidden code: " + status;
        }
        com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        if (details == null || details.getDetailsCount() == 0) {
            return "has no details: " + status;
        }
        try {
            String fault = fault(status, details);
            return fault == null ? null : "%s: %s, %s".formatted(fault, status, details);
        } catch (InvalidProtocolBufferException unreadable) {
            return "has unreadable details: " + details;
        }
    }

    private @Nullable String fault(Status status, com.google.rpc.Status details) throws InvalidProtocolBufferException {
        List<ErrorInfo> infos = all(details, ErrorInfo.class);
        if (infos.size() != 1 || !infos.get(0).getDomain().equals("jeton")) {
            return "must have one ErrorInfo of jeton";
        }
        String reason = infos.get(0).getReason();
        if (codes.get(reason) != status.getCode()) {
            return "has another code than docs/errors.md lists for its reason";
        }
        if (details.getMessage().isBlank() || !details.getMessage().equals(status.getDescription())) {
            return "has two different messages, or none";
        }
        return switch (status.getCode()) {
            case INVALID_ARGUMENT -> badRequestFault(reason, all(details, BadRequest.class));
            case FAILED_PRECONDITION ->
                all(details, PreconditionFailure.class).size() == 1 ? null : "must have a PreconditionFailure";
            case RESOURCE_EXHAUSTED ->
                reason.equals("REQUEST_TOO_LARGE")
                                || all(details, QuotaFailure.class).size() == 1
                        ? null
                        : "must have a QuotaFailure";
            default -> null;
        };
    }

    private @Nullable String badRequestFault(String reason, List<BadRequest> badRequests) {
        if (badRequests.size() != 1 || badRequests.get(0).getFieldViolationsCount() == 0) {
            return "must have one BadRequest with violations";
        }
        List<BadRequest.FieldViolation> violations = badRequests.get(0).getFieldViolationsList();
        if (!violations.get(0).getReason().equals(reason)) {
            return "must have the reason of its first violation";
        }
        boolean known =
                violations.stream().allMatch(violation -> codes.get(violation.getReason()) == Code.INVALID_ARGUMENT);
        return known ? null : "has a violation whose reason is not documented";
    }

    private static <T extends Message> List<T> all(com.google.rpc.Status details, Class<T> type)
            throws InvalidProtocolBufferException {
        List<T> found = new ArrayList<>();
        for (Any detail : details.getDetailsList()) {
            if (detail.is(type)) {
                found.add(detail.unpack(type));
            }
        }
        return found;
    }
}
