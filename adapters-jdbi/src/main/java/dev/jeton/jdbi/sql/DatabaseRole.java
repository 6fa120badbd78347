package dev.jeton.jdbi.sql;

import java.util.Locale;

/** The database role of a connection. Roles own nothing; migration V3 creates them. */
public enum DatabaseRole {
    /** Management transactions: all tables, one tenant at a time. */
    MANAGEMENT,
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
