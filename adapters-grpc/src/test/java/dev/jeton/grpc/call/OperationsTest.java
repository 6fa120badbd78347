package dev.jeton.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Operation;
import dev.jeton.grpc.RawCalls;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void everyRpcIsOneOperation() {
        assertThat(RawCalls.allMethods().map(Operations::of)).containsExactlyInAnyOrder(Operation.values());
    }

    @Test
    void operationsAreNamedLikeRpcs() {
        assertThat(Operation.BATCH_VERIFY_TOKENS.rpcName()).isEqualTo("BatchVerifyTokens");
    }
}
