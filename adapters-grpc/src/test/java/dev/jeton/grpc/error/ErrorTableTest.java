package dev.jeton.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.JetonException;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The domain's enum, the proto's enum and docs/errors.md list the same reasons. */
class ErrorTableTest {
    private static final String PREFIX = "ERROR_REASON_";
    private static final Pattern PROTO_VALUE =
            Pattern.compile("// ([A-Z_]+): [^\\n]+\\n  " + PREFIX + "([A-Z_]+) = \\d+;");
    private static final Pattern ROW =
            Pattern.compile("^\\| ([A-Z_]+) \\| ([A-Z_]+) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

    @Test
    void domainAndProtoHaveTheSameReasons() {
        List<String> proto = Stream.of(dev.jeton.v1.ErrorReason.values())
                .map(Enum::name)
                .filter(name -> !name.equals("UNRECOGNIZED") && !name.equals(PREFIX + "UNSPECIFIED"))
                .map(name -> name.substring(PREFIX.length()))
                .toList();

        assertThat(proto)
                .isEqualTo(Stream.of(ErrorReason.values()).map(Enum::name).toList());
    }

    @Test
    void tableHasTheSameReasonsInTheSameOrder() throws IOException {
        assertThat(table().keySet())
                .containsExactly(Stream.of(ErrorReason.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void tableHasTheCodesThatTheProtoDocuments() throws IOException {
        assertThat(table()).isEqualTo(documentedCodes());
    }

    @Test
    void codesMatchTheMapping() throws IOException {
        Set<String> mapped = Stream.of(JetonException.Category.values())
                .map(StatusMapper::code)
                .map(Status.Code::name)
                .collect(Collectors.toSet());
        mapped.add(Status.Code.INTERNAL.name());
        mapped.add(CallRefused.deadlineExceeded().code().name());

        assertThat(Set.copyOf(table().values())).isEqualTo(mapped);
    }

    private static Map<String, String> table() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "errors.md"));
        return ROW.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2), (first, second) -> first, LinkedHashMap::new));
    }

    private static Map<String, String> documentedCodes() throws IOException {
        try (InputStream proto = ErrorTableTest.class.getResourceAsStream("/jeton/v1/error_reason.proto")) {
            String text = new String(Objects.requireNonNull(proto).readAllBytes(), StandardCharsets.UTF_8);
            Stream<MatchResult> values = PROTO_VALUE.matcher(text).results();
            return values.collect(Collectors.toMap(value -> value.group(2), value -> value.group(1)));
        }
    }
}
