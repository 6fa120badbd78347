package dev.jeton.jdbi.sql;

import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Translates what PostgreSQL, its driver and the pool report into the domain's errors. SQLSTATEs and constraint names are known here only.
 * Anything else is returned unchanged: it is a bug.
 */
public final class PostgresErrors {
    private static final String READ_ONLY = "25006";
    private static final String OUTCOME_UNKNOWN = "40003";
    private static final String LOCK_TIMEOUT = "55P03";
    private static final Set<String> RERUN = Set.of("40001", "40P01");

    /** Connection, resources, operator intervention (including timeouts), system. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

    /** Lock timeout, idle transaction timeout, read-only (no longer the primary), outcome unknown. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of(LOCK_TIMEOUT, "25P03", READ_ONLY, OUTCOME_UNKNOWN);

    private PostgresErrors() {}

    /** Whether the server refused a write because it is read-only: it is no longer the primary. */
    public static boolean isReadOnly(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState());
    }

    /** For a commit that returned a warning: it may not last. */
    public static SQLException outcomeUnknown(SQLWarning warning) {
        return new SQLException(warning.getMessage(), OUTCOME_UNKNOWN, warning);
    }

    /** Whether a lock was not acquired within {@code lock_timeout}. */
    public static boolean isLockTimeout(Throwable failure) {
        SQLException reported = reported(failure);
        return reported != null && LOCK_TIMEOUT.equals(reported.getSQLState());
    }

    /** Whether the server rolled the transaction back because of a concurrent one. */
    public static boolean mayBeRerun(JdbiException failure) {
        return RERUN.contains(state(failure));
    }

    /** Returns DATABASE_UNAVAILABLE if the failure means that, else the failure itself. */
    public static RuntimeException unavailable(JdbiException failure) {
        SQLException reported = reported(failure);
        String state = state(failure);
        boolean unavailable = reported instanceof SQLTransientConnectionException
                || UNAVAILABLE_STATES.contains(state)
                || state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
        return unavailable
                ? new Unavailable(
                        ErrorReason.DATABASE_UNAVAILABLE,
                        "The database cannot be reached or does not answer in time.",
                        failure)
                : failure;
    }

    /**
     * Translates a refused insert or update.
     *
     * @param values of the row, by field
     */
    public static RuntimeException refusedWrite(RuntimeException failure, Map<String, String> values) {
        if (isUnmet(Require.REVISION, failure)) {
            return concurrentChange();
        }
        switch (constraint(failure)) {
            case "tenants_pk":
                return concurrentChange();
            case "users_email_unique":
                return new AlreadyExists(
                        ErrorReason.EMAIL_TAKEN,
                        "email %s belongs to another user of the tenant; choose another."
                                .formatted(values.get("email")));
            case "workloads_name_unique":
                return new AlreadyExists(
                        ErrorReason.WORKLOAD_NAME_TAKEN,
                        "name \"%s\" belongs to another workload of the tenant; choose another."
                                .formatted(values.get("name")));
            case "tokens_name_per_tenant":
                return new AlreadyExists(
                        ErrorReason.TOKEN_NAME_TAKEN,
                        "name \"%s\" belongs to another token of the tenant, whose policy requires unique names; choose another."
                                .formatted(values.get("name")));
            case "tokens_name_per_user":
                return new AlreadyExists(
                        ErrorReason.TOKEN_NAME_TAKEN,
                        "name \"%s\" belongs to another token of the user, and the tenant's policy requires unique names; choose another."
                                .formatted(values.get("name")));
            default:
                return failure;
        }
    }

    /** Whether a write was refused because it did not find what it requires. */
    public static boolean isUnmet(Require requirement, RuntimeException failure) {
        return requirement.constraint().equals(constraint(failure));
    }

    /** Returns the first line of what the server said, for operators; of the failure itself if the server said nothing. */
    public static String serverMessage(Throwable failure) {
        SQLException reported = reported(failure);
        ServerErrorMessage said = reported instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
        String message = said == null ? (reported == null ? failure : reported).getMessage() : said.getMessage();
        return message == null ? "no reason given" : message.lines().findFirst().orElse(message);
    }

    public static Conflict concurrentChange() {
        return new Conflict(
                ErrorReason.CONCURRENT_CHANGE,
                "The resource, or one it belongs to, is being changed by others at the same time; read it again and retry.");
    }

    private static String constraint(RuntimeException failure) {
        ServerErrorMessage message =
                reported(failure) instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        return constraint == null ? "" : constraint;
    }

    private static String state(JdbiException failure) {
        SQLException reported = reported(failure);
        String state = reported == null ? null : reported.getSQLState();
        return state == null ? "" : state;
    }

    private static @Nullable SQLException reported(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException reported) {
                return reported;
            }
        }
        return null;
    }
}
