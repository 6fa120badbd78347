package dev.jeton.jdbi.sql;

import java.util.Locale;

/**
 * What a write must have found. A statement that did not find it fails, so a commit that is sent along with it is not executed. The name
 * reaches {@link PostgresErrors} as that of a violated constraint.
 */
public enum Require {
    /** The row to change, at the revision before. */
    REVISION,
    /** The owner of a new token. */
    OWNER,
    /** The workloads of a token. */
    WORKLOADS,
    /** The tenant of a new user or workload. */
    TENANT;

    /** Returns an expression for the result of the statement. */
    public String that(String condition) {
        return "jeton_require(%s, '%s')".formatted(condition, constraint());
    }

    String constraint() {
        return "jeton_require_" + name().toLowerCase(Locale.ROOT);
    }
}
