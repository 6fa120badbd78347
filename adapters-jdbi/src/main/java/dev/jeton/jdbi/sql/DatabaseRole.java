package dev.jeton.jdbi.sql;

import java.util.Locale;

/** The database role of a connection. Roles own nothing; migrations create them. */
public enum DatabaseRole {
    /** Management transactions: all tables, one tenant at a time. */
    MANAGEMENT,
    /** Creates tokens that share a transaction: the tenants that it names, at most one for each token. */
    ISSUANCE,
    /** Finds tenants, and the tenant of an id, for operators. */
    DIRECTORY,
    /** Reads what verdicts depend on, of all tenants. */
    VERIFICATION,
    /** Background work, of all tenants. */
    HOUSEKEEPING;

    public String roleName() {
        return "jeton_" + name().toLowerCase(Locale.ROOT);
    }
}
