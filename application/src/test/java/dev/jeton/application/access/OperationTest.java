package dev.jeton.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
    private static final Pattern TAKING_AWAY = Pattern.compile("(CANCEL|DELETE|SUSPEND|DISABLE)_.*");

    @ParameterizedTest
    @EnumSource
    void cancellingDeletingSuspendingAndDisablingRevokeAccess(Operation operation) {
        assertThat(operation.takesAccessAway())
                .isEqualTo(TAKING_AWAY.matcher(operation.name()).matches());
    }
}
