package dev.jeton.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
    private static final Pattern TAKING_AWAY =
            Pattern.compile("(CANCEL|DELETE|SUSPEND|DISABLE)_.*|(ASSIGN|UPDATE)_TOKEN|UPDATE_(USER|TENANT)");

    @ParameterizedTest
    @EnumSource
    void cancellingDeletingSuspendingAndDisablingRevokeAccess(Operation operation) {
        assertThat(operation.lane() == Operation.Lane.REVOCATION)
                .isEqualTo(TAKING_AWAY.matcher(operation.name()).matches());
    }
}
