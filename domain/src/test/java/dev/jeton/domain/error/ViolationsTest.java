package dev.jeton.domain.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ViolationsTest {
    private static final InvalidArgument TOO_LONG = new InvalidArgument(ErrorReason.TOO_LONG, "must be shorter");

    @Test
    void throwsNothingWhenNothingWasFound() {
        Violations violations = new Violations();
        assertThat(violations.isEmpty()).isTrue();
        assertThatCode(violations::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void throwsEverythingFoundInOrder() {
        Violations violations = new Violations();
        violations.add("name", ErrorReason.REQUIRED, "is required");
        violations.addAll("email", TOO_LONG);
        assertThat(violations.isEmpty()).isFalse();

        InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, violations::throwIfAny);
        assertThat(thrown.violations())
                .containsExactly(
                        new Violation("name", ErrorReason.REQUIRED, "is required"),
                        new Violation("email", ErrorReason.TOO_LONG, "must be shorter"));
        assertThat(thrown.reason()).isEqualTo(ErrorReason.REQUIRED);
        assertThat(thrown).hasMessage("name is required; email must be shorter");
    }

    @Test
    void keepsFieldsOfViolationsAddedWithoutParent() {
        Violations violations = new Violations();
        violations.addAll(TOO_LONG);
        assertThat(Refusal.in(violations)).containsExactly("TOO_LONG");
    }

    @Test
    void doesNotChangeAnExceptionAlreadyThrown() {
        Violations violations = new Violations();
        violations.add("name", ErrorReason.REQUIRED, "is required");
        InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, violations::throwIfAny);
        violations.add("email", ErrorReason.REQUIRED, "is required");
        assertThat(thrown.violations()).hasSize(1);
    }

    @Test
    void prependsParentsToThePath() {
        Violation inner = new Violation("default_lifetime", ErrorReason.OUT_OF_RANGE, "must be positive");
        assertThat(inner.within("expiry_rule").within("token_policy").field())
                .isEqualTo("token_policy.expiry_rule.default_lifetime");
        assertThat(new Violation("", ErrorReason.REQUIRED, "is required")
                        .within("name")
                        .toString())
                .isEqualTo("name is required");
    }
}
