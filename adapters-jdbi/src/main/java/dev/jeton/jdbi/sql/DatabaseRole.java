package dev.jeton.jdbi.sql;

import java.util.Locale;

/** What a connection may do: roles of the database that own nothing, made by migration V3. */
public enum DatabaseRole {
    /** Transactions of management calls: everything of one tenant at a time. */
    MANAGEMENT,
    /** Finds tenants, and the tenants of ids, for operators. */
    DIRECTORY,
    /** Reads what a verification depends on, of any tenant. */
    VERIFICATION,
    /** Keeps the books, of all tenants. */
    HOUSEKEEPING;

    public String roleName() {
        return "jeton_" + name().toLowerCase(Locale.ROOT);
    }
}
