package dev.jeton.application.access;

import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.user.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operations of the API, one for each RPC, with the permission that each requires. */
public enum Operation {
    CREATE_TENANT(Scope.MANAGE, Role.OPERATOR, Lane.ORDINARY),
    GET_TENANT(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    LIST_TENANTS(Scope.MANAGE, Role.OPERATOR, Lane.LIST),
    UPDATE_TENANT(Scope.MANAGE, Role.TENANT_ADMIN, Lane.REVOCATION),
    SUSPEND_TENANT(Scope.MANAGE, Role.OPERATOR, Lane.REVOCATION),
    RESUME_TENANT(Scope.MANAGE, Role.OPERATOR, Lane.ORDINARY),
    DELETE_TENANT(Scope.MANAGE, Role.OPERATOR, Lane.REVOCATION),
    CREATE_USER(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    GET_USER(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    LIST_USERS(Scope.MANAGE, Role.TENANT_ADMIN, Lane.LIST),
    UPDATE_USER(Scope.MANAGE, Role.TENANT_ADMIN, Lane.REVOCATION),
    DISABLE_USER(Scope.MANAGE, Role.TENANT_ADMIN, Lane.REVOCATION),
    ENABLE_USER(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    DELETE_USER(Scope.MANAGE, Role.TENANT_ADMIN, Lane.REVOCATION),
    GET_PROFILE(Scope.MANAGE, Role.MEMBER, Lane.ORDINARY),
    CREATE_WORKLOAD(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    GET_WORKLOAD(Scope.MANAGE, Role.MEMBER, Lane.ORDINARY),
    LIST_WORKLOADS(Scope.MANAGE, Role.MEMBER, Lane.LIST),
    UPDATE_WORKLOAD(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    DISABLE_WORKLOAD(Scope.MANAGE, Role.TENANT_ADMIN, Lane.REVOCATION),
    ENABLE_WORKLOAD(Scope.MANAGE, Role.TENANT_ADMIN, Lane.ORDINARY),
    DELETE_WORKLOAD(Scope.MANAGE, Role.TENANT_ADMIN, Lane.REVOCATION),
    CREATE_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.ORDINARY),
    GET_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.ORDINARY),
    LIST_TOKENS(Scope.MANAGE, Role.MEMBER, Lane.LIST),
    UPDATE_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.REVOCATION),
    ASSIGN_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.REVOCATION),
    CANCEL_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.REVOCATION),
    REACTIVATE_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.ORDINARY),
    RENEW_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.ORDINARY),
    DELETE_TOKEN(Scope.MANAGE, Role.MEMBER, Lane.REVOCATION),
    VERIFY_TOKEN(Scope.VERIFY, Role.MEMBER, Lane.ORDINARY),
    BATCH_VERIFY_TOKENS(Scope.VERIFY, Role.MEMBER, Lane.ORDINARY),
    LIST_AUDIT_EVENTS(Scope.MANAGE, Role.TENANT_ADMIN, Lane.LIST);

    private final Scope scope;
    private final Role role;
    private final Lane lane;
    private final String rpcName = Arrays.stream(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());

    Operation(Scope scope, Role role, Lane lane) {
        this.scope = scope;
        this.role = role;
        this.lane = lane;
    }

    /** Returns the scope that the caller's token must have. */
    public Scope scope() {
        return scope;
    }

    /** Returns the lowest role that the caller must have. */
    public Role role() {
        return role;
    }

    public Lane lane() {
        return lane;
    }

    /** Returns the RPC name, such as CreateToken for CREATE_TOKEN. */
    public String rpcName() {
        return rpcName;
    }

    /** Which threads run an operation. */
    public enum Lane {
        /** Shed under overload. */
        ORDINARY,

        /** As ordinary ones, but few at a time, because their replies are large. */
        LIST,

        /** Has threads of its own, so that operations that can take access away run even under overload. */
        REVOCATION
    }
}
