package dev.jeton.application.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operations of the API, one for each RPC. */
public enum Operation {
    CREATE_TENANT,
    GET_TENANT,
    LIST_TENANTS,
    UPDATE_TENANT,
    SUSPEND_TENANT,
    RESUME_TENANT,
    DELETE_TENANT,
    CREATE_USER,
    GET_USER,
    LIST_USERS,
    UPDATE_USER,
    DISABLE_USER,
    ENABLE_USER,
    DELETE_USER,
    GET_PROFILE,
    CREATE_WORKLOAD,
    GET_WORKLOAD,
    LIST_WORKLOADS,
    UPDATE_WORKLOAD,
    DISABLE_WORKLOAD,
    ENABLE_WORKLOAD,
    DELETE_WORKLOAD,
    CREATE_TOKEN,
    GET_TOKEN,
    LIST_TOKENS,
    UPDATE_TOKEN,
    ASSIGN_TOKEN,
    CANCEL_TOKEN,
    REACTIVATE_TOKEN,
    RENEW_TOKEN,
    DELETE_TOKEN,
    VERIFY_TOKEN,
    BATCH_VERIFY_TOKENS,
    LIST_AUDIT_EVENTS;

    private final String rpcName = Arrays.stream(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());

    /** Whether the operation can revoke access. Such operations have their own threads, so that they run even under overload. */
    public boolean takesAccessAway() {
        return switch (this) {
            case SUSPEND_TENANT,
                    DELETE_TENANT,
                    DISABLE_USER,
                    DELETE_USER,
                    DISABLE_WORKLOAD,
                    DELETE_WORKLOAD,
                    CANCEL_TOKEN,
                    DELETE_TOKEN -> true;
            default -> false;
        };
    }

    /** Returns the RPC name, such as CreateToken for CREATE_TOKEN. */
    public String rpcName() {
        return rpcName;
    }
}
