package dev.jeton.domain.error;

/**
 * Machine-readable reasons for an error. Names are stable; new ones may be added. docs/errors.md lists the category, cause and remedy of
 * each.
 */
public enum ErrorReason {
    /** A required field is missing or empty. */
    REQUIRED,
    /** A text has more characters than its limit. */
    TOO_LONG,
    /** A list has more values than its limit. */
    TOO_MANY,
    /** A number, duration or instant is outside its limits. */
    OUT_OF_RANGE,
    /** A text contains a character that is not allowed there. */
    INVALID_CHARACTER,
    /** A text begins or ends with white space. */
    SURROUNDING_WHITE_SPACE,
    /** An id is not a UUID in canonical text form. */
    INVALID_ID,
    /** An email lacks a local part, {@code @} or a domain. */
    INVALID_EMAIL,
    /** An enum value is unknown, or unspecified where one is required. */
    INVALID_ENUM_VALUE,
    /** A timestamp is outside the years 1 to 9999, or its nanos are outside 0 to 999,999,999. */
    INVALID_TIMESTAMP,
    /** A date is not a full calendar date. */
    INVALID_DATE,
    /** The seconds and nanos of a duration have different signs or exceed their limits. */
    INVALID_DURATION,
    /** A scope is not a word of 1 to 128 visible ASCII characters without {@code "} and {@code \}. */
    INVALID_SCOPE,
    /** A scope starts with {@code jeton:} but is not one that Jeton defines. */
    UNKNOWN_RESERVED_SCOPE,
    /** A page token was altered or belongs to another query. */
    INVALID_PAGE_TOKEN,
    /** An update sets no field to change. */
    NOTHING_TO_UPDATE,
    /** The role does not exist in that tenant; only the system tenant has operators. */
    ROLE_NOT_ALLOWED,
    /** A token policy contradicts itself. */
    POLICY_CONTRADICTION,
    /** The name is longer than the policy allows. */
    NAME_TOO_LONG,
    /** The name contains a character that the policy does not allow. */
    NAME_CHARACTER_NOT_ALLOWED,
    /** The policy requires an expiry and has no default. */
    EXPIRY_REQUIRED,
    /** The policy fixes the expiry; callers may not choose one. */
    EXPIRY_FIXED,
    /** The chosen expiry is not in the future. */
    EXPIRY_NOT_IN_FUTURE,
    /** The chosen expiry exceeds the policy's maximum lifetime. */
    EXPIRY_TOO_LATE,
    /** A renewal would shorten the token's life; only an update may do that. */
    EXPIRY_SHORTENED,
    /** The chosen lifetime is not among those that the policy lists. */
    LIFETIME_NOT_ALLOWED,
    /** The policy requires tokens to expire. */
    NEVER_NOT_ALLOWED,
    /** The policy requires a workload at creation. */
    WORKLOAD_REQUIRED,
    /** The token has more workloads than the policy allows. */
    TOO_MANY_WORKLOADS,
    /** The policy does not allow a scope. */
    SCOPE_NOT_ALLOWED,
    /** The tenant does not exist, or the caller may not see it. */
    TENANT_NOT_FOUND,
    /** The user does not exist, or the caller may not see it. */
    USER_NOT_FOUND,
    /** The workload does not exist, or the caller may not see it. */
    WORKLOAD_NOT_FOUND,
    /** The token does not exist, or the caller may not see it. */
    TOKEN_NOT_FOUND,
    /** Another user of the tenant has the email. */
    EMAIL_TAKEN,
    /** Another workload of the tenant has the name. */
    WORKLOAD_NAME_TAKEN,
    /** Another token has the name, and the policy requires unique names. */
    TOKEN_NAME_TAKEN,
    /** The tenant has users or workloads, and {@code force} is not set. */
    TENANT_NOT_EMPTY,
    /** The system tenant cannot be suspended or deleted. */
    SYSTEM_TENANT_PROTECTED,
    /** The last active operator cannot be disabled, demoted or deleted. */
    LAST_OPERATOR_PROTECTED,
    /** A cancelled token cannot be renewed. */
    TOKEN_CANCELLED,
    /** A tenant-wide token cannot be assigned to workloads. */
    TOKEN_TENANT_WIDE,
    /** The resource has changed since the etag was read. */
    ETAG_MISMATCH,
    /** The call conflicted with concurrent changes to the same resources. */
    CONCURRENT_CHANGE,
    /** The user owns as many tokens as the policy allows. */
    TOKEN_QUOTA_EXCEEDED,
    /** The call has no valid token. */
    UNAUTHENTICATED,
    /** The caller's token or role does not permit the call. */
    PERMISSION_DENIED,
    /** The database is unreachable or does not answer in time. */
    DATABASE_UNAVAILABLE,
    /** An unexpected error; the message contains the id of the server's log entry. */
    INTERNAL,
    /** The request is not exactly one readable message. */
    MALFORMED_REQUEST,
    /** The request exceeds the server's size limit: by default 64 KiB, or 256 KiB for BatchVerifyTokens. */
    REQUEST_TOO_LARGE,
    /** The server is overloaded or shutting down and did not start the call. */
    SERVER_OVERLOADED,
    /** The call's deadline has passed; for calls without one the server sets 10 seconds by default. */
    DEADLINE_EXCEEDED,
    /** An earlier call used the same {@code request_id} with a different request. */
    REQUEST_ID_REUSED,
    /** The user named in {@code jeton-acting-user} is disabled, or its tenant is suspended. */
    ACTED_USER_DISABLED,
    /** A token's secret is hashed with a key that this replica does not have. */
    SECRET_KEY_MISSING,
    /** The token was cancelled by a user with a higher role than the caller's. */
    CANCELLED_BY_HIGHER_ROLE
}
