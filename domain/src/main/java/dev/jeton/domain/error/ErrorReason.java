package dev.jeton.domain.error;

/**
 * Why a command was refused, for programs: stable names, of which new ones may come. Which category each belongs to, when it arises
 * and what to do about it stands in docs/errors.md.
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
    /** A text has a character that is not allowed there. */
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
    /** A scope starts with {@code jeton:} and is none of Jeton's own. */
    UNKNOWN_RESERVED_SCOPE,
    /** A page token was altered or belongs to another query. */
    INVALID_PAGE_TOKEN,
    /** An update names no field to change. */
    NOTHING_TO_UPDATE,
    /** The role does not exist in that tenant: operators live in the system tenant only. */
    ROLE_NOT_ALLOWED,
    /** A token policy does not agree with itself. */
    POLICY_CONTRADICTION,
    /** The policy allows only shorter names. */
    NAME_TOO_LONG,
    /** The policy does not allow a character of the name. */
    NAME_CHARACTER_NOT_ALLOWED,
    /** The policy has no default expiry and demands a choice. */
    EXPIRY_REQUIRED,
    /** The policy fixes the expiry; none may be chosen. */
    EXPIRY_FIXED,
    /** The chosen expiry is not in the future. */
    EXPIRY_NOT_IN_FUTURE,
    /** The chosen expiry is later than the policy's maximum lifetime. */
    EXPIRY_TOO_LATE,
    /** A renewal may not shorten a token's life; an update may. */
    EXPIRY_SHORTENED,
    /** The policy lists the lifetimes that may be chosen, and this is none of them. */
    LIFETIME_NOT_ALLOWED,
    /** The policy demands that tokens expire. */
    NEVER_NOT_ALLOWED,
    /** The policy demands a workload at creation. */
    WORKLOAD_REQUIRED,
    /** The policy allows fewer workloads for one token. */
    TOO_MANY_WORKLOADS,
    /** The policy does not allow a scope. */
    SCOPE_NOT_ALLOWED,
    /** No such tenant, or none that the caller may see. */
    TENANT_NOT_FOUND,
    /** No such user, or none that the caller may see. */
    USER_NOT_FOUND,
    /** No such workload, or none that the caller may see. */
    WORKLOAD_NOT_FOUND,
    /** No such token, or none that the caller may see. */
    TOKEN_NOT_FOUND,
    /** Another user of the tenant has the email. */
    EMAIL_TAKEN,
    /** Another workload of the tenant has the name. */
    WORKLOAD_NAME_TAKEN,
    /** Another token has the name, and the policy demands unique ones. */
    TOKEN_NAME_TAKEN,
    /** The tenant has users or workloads, and the deletion was not forced. */
    TENANT_NOT_EMPTY,
    /** The system tenant can be neither suspended nor deleted. */
    SYSTEM_TENANT_PROTECTED,
    /** The last active operator can be neither disabled, demoted nor deleted. */
    LAST_OPERATOR_PROTECTED,
    /** A cancelled token cannot be renewed before it is reactivated. */
    TOKEN_CANCELLED,
    /** A tenant-wide token cannot be assigned to workloads. */
    TOKEN_TENANT_WIDE,
    /** The resource has changed since the etag was read. */
    ETAG_MISMATCH,
    /** Others changed the same resources at the same time, again and again. */
    CONCURRENT_CHANGE,
    /** The user owns as many tokens as the policy allows. */
    TOKEN_QUOTA_EXCEEDED,
    /** The call carries no token that passes. */
    UNAUTHENTICATED,
    /** The caller's token or role does not allow the call. */
    PERMISSION_DENIED,
    /** The database cannot be reached or does not answer in time. */
    DATABASE_UNAVAILABLE,
    /** A defect of Jeton's; the message carries the id under which the server's log has the rest. */
    INTERNAL,
    /** The request's bytes are not one readable message. */
    MALFORMED_REQUEST,
    /** The request is longer than the server allows: 64 KiB, or 256 KiB for BatchVerifyTokens, unless configured otherwise. */
    REQUEST_TOO_LARGE,
    /** The server has more calls than it can work off, or is stopping. */
    SERVER_OVERLOADED,
    /** The caller's deadline, or the server's for calls without one (10 s), has passed. */
    DEADLINE_EXCEEDED,
    /** An earlier call with the same request id had another request. */
    REQUEST_ID_REUSED,
    /** A user who is disabled, or whose tenant is suspended, cannot be acted as. */
    ACTED_USER_DISABLED,
    /** A token's secret is hashed with a key that this server does not have. */
    SECRET_KEY_MISSING
}
