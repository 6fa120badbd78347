package dev.jeton.domain.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JetonExceptionTest {
    private static final ErrorReason REASON = ErrorReason.TOKEN_NOT_FOUND;

    static Stream<JetonException> oneOfEach() {
        return Stream.of(
                new InvalidArgument(REASON, "no"),
                new NotFound(REASON, "no"),
                new AlreadyExists(REASON, "no"),
                new FailedPrecondition(REASON, "no"),
                new Conflict(REASON, "no"),
                new PermissionDenied("no"),
                new Unauthenticated(),
                new QuotaExceeded(REASON, "no", Map.of()),
                new Unavailable(REASON, "no", new IllegalStateException("connection refused")));
    }

    @Test
    void hasOneCategoryForEachSubclass() {
        assertThat(oneOfEach().map(Object::getClass))
                .containsExactlyInAnyOrder(JetonException.class.getPermittedSubclasses());
        assertThat(oneOfEach().map(JetonException::category))
                .containsExactlyInAnyOrder(JetonException.Category.values());
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void hasNoStackTrace(JetonException exception) {
        assertThat(exception.getStackTrace()).isEmpty();
        assertThat(exception.getMessage()).isNotBlank();
    }

    @Test
    void copiesMetadataAndViolations() {
        Map<String, String> metadata = new HashMap<>(Map.of("token_id", "7"));
        NotFound notFound = new NotFound(REASON, "no", metadata);
        metadata.clear();
        assertThat(notFound.metadata()).containsExactly(Map.entry("token_id", "7"));

        List<Violation> violations = new ArrayList<>(List.of(new Violation("name", ErrorReason.REQUIRED, "is")));
        InvalidArgument invalid = new InvalidArgument(violations);
        violations.clear();
        assertThat(invalid.violations()).hasSize(1);
    }

    @Test
    void keepsTheCauseOfAnOutageForTheLog() {
        IllegalStateException cause = new IllegalStateException("connection refused");
        assertThatThrownBy(() -> {
                    throw new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "try again", cause);
                })
                .hasCause(cause)
                .hasMessage("try again");
    }

    @Test
    void givesAllUnauthenticatedCallersTheSameMessage() {
        assertThat(new Unauthenticated()).hasMessage(new Unauthenticated().getMessage());
        assertThat(new Unauthenticated().metadata()).isEmpty();
        assertThat(new Unauthenticated().reason()).isEqualTo(ErrorReason.UNAUTHENTICATED);
    }
}
