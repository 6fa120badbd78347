package dev.jeton.domain.error;

/**
 * Machine-readable reasons for an error. Names are stable; new ones may be added. docs/errors.md lists the category, cause and remedy of
 * each.
 */
public enum ErrorReason {
    /** A required field is missing or empty. */
    REQUIRED,
    /** A text is longer than its limit. */
    TOO_LONG,
    /** A list has more values than its limit. */
    TOO_MANY,
    /** A number, duration or instant is outside its limits. */
    OUT_OF_RANGE,
    /** A text contains a character that is not allowed. */
    INVALID_CHARACTER,
    /** A text begins or ends with white space. */
    SURROUNDING_WHITE_SPACE,
    /** An id is not a UUID in canonical text. */
    INVALID_ID,
    /** An email has no local part, {@code @} or domain. */
    INVALID_EMAIL,
    /** An enum's number is unknown, or unspecified where a value is required. */
    INVALID_ENUM_VALUE,
    /** A timestamp is outside the years 1 to 9999 or its nanos outside 0 to 999,999,999. */
    INVALID_TIMESTAMP,
    /** A date is not a whole day of the calendar. */
    INVALID_DATE,
    /** A duration's seconds and nanos contradict each other or their limits. */
    INVALID_DURATION,
    /** A scope is not a word of visible ASCII characters. */
    INVALID_SCOPE,
    /** A scope starts with {@code jeton:} but is not a reserved scope. */
    UNKNOWN_RESERVED_SCOPE,
    /** A page token was altered or belongs to another query. */
    INVALID_PAGE_TOKEN,
    /** An update sets no field. */
    NOTHING_TO_UPDATE,
    /** The role is not allowed in that tenant: only the system tenant has operators. */
    ROLE_NOT_ALLOWED,
    /** A token policy contradicts itself. */
    POLICY_CONTRADICTION,
    /** The name is longer than the policy allows. */
    NAME_TOO_LONG,
    /** The name contains a character that the policy does not allow. */
    NAME_CHARACTER_NOT_ALLOWED,
    /** The policy has no default lifetime, so the call must choose an expiry. */
    EXPIRY_REQUIRED,
    /** The policy fixes the lifetime; callers may not choose one. */
    EXPIRY_FIXED,
    /** The chosen expiry is not in the future. */
    EXPIRY_NOT_IN_FUTURE,
    /** The chosen expiry is later than the policy's maximum lifetime. */
    EXPIRY_TOO_LATE,
    /** A renewal cannot shorten a lifetime; use an update. */
    EXPIRY_SHORTENED,
    /** The chosen lifetime is not one that the policy allows. */
    LIFETIME_NOT_ALLOWED,
    /** The policy requires tokens to expire. */
    NEVER_NOT_ALLOWED,
    /** The policy requires a workload at creation. */
    WORKLOAD_REQUIRED,
    /** The token has more workloads than the policy allows. */
    TOO_MANY_WORKLOADS,
    /** The policy does not allow a scope. */
    SCOPE_NOT_ALLOWED,
    /** The tenant does not exist or is not visible to the caller. */
    TENANT_NOT_FOUND,
    /** The user does not exist or is not visible to the caller. */
    USER_NOT_FOUND,
    /** The workload does not exist or is not visible to the caller. */
    WORKLOAD_NOT_FOUND,
    /** The token does not exist or is not visible to the caller. */
    TOKEN_NOT_FOUND,
    /** Another user of the tenant has the email. */
    EMAIL_TAKEN,
    /** Another workload of the tenant has the name. */
    WORKLOAD_NAME_TAKEN,
    /** Another token has the name, and the policy requires unique names. */
    TOKEN_NAME_TAKEN,
    /** The tenant has users or workloads and {@code force} is not set. */
    TENANT_NOT_EMPTY,
    /** The system tenant cannot be suspended or deleted. */
    SYSTEM_TENANT_PROTECTED,
    /** The last active operator cannot be disabled, demoted or deleted. */
    LAST_OPERATOR_PROTECTED,
    /** A cancelled token must be reactivated before it can be renewed. */
    TOKEN_CANCELLED,
    /** A tenant-wide token cannot be assigned to workloads. */
    TOKEN_TENANT_WIDE,
    /** The resource has changed since the etag was read. */
    ETAG_MISMATCH,
    /** Concurrent changes to the same resources kept conflicting. */
    CONCURRENT_CHANGE,
    /** The user already owns as many tokens as the policy allows. */
    TOKEN_QUOTA_EXCEEDED,
    /** The call carries no valid token. */
    UNAUTHENTICATED,
    /** The caller's token or role does not allow the call. */
    PERMISSION_DENIED,
    /** The database cannot be reached or does not answer in time. */
    DATABASE_UNAVAILABLE,
    /** An unexpected server error; the message contains the id of the server's log entry. */
    INTERNAL,
    /** The request cannot be parsed. */
    MALFORMED_REQUEST,
    /** The request is longer than the server allows: 64 KiB, or 256 KiB for BatchVerifyTokens, unless configured otherwise. */
    REQUEST_TOO_LARGE,
    /** The server is overloaded or shutting down. */
    SERVER_OVERLOADED,
    /** The caller's deadline, or the server's for calls without one (10 s), has passed. */
    DEADLINE_EXCEEDED,
    /** An earlier call used the same request id with a different body. */
    REQUEST_ID_REUSED,
    /** The user to act as is disabled, or its tenant is suspended. */
    ACTED_USER_DISABLED,
    /** A token's secret is hashed with a key that this server does not have. */
    SECRET_KEY_MISSING
}
