package dev.jeton.grpc.call;

import dev.jeton.application.access.Operation;
import io.grpc.MethodDescriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps RPCs to operations by name: CreateToken to CREATE_TOKEN. */
final class Operations {
    private static final Map<String, Operation> BY_RPC = Arrays.stream(Operation.values())
            .collect(Collectors.toUnmodifiableMap(Operation::rpcName, Function.identity()));

    private Operations() {}

    static Operation of(MethodDescriptor<?, ?> method) {
        @Nullable Operation operation = BY_RPC.get(method.getBareMethodName());
        if (operation == null) {
            throw new IllegalStateException("No operation for the RPC " + method.getFullMethodName());
        }
        return operation;
    }
}
