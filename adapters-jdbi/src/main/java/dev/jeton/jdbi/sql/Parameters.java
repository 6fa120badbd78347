package dev.jeton.jdbi.sql;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The parameters of one statement among others that are sent together. Not thread-safe. */
public final class Parameters {
    private final SqlStatement<?> script;
    private final String prefix;

    Parameters(SqlStatement<?> script, String prefix) {
        this.script = script;
        this.prefix = prefix;
    }

    public Parameters bind(String name, Object value) {
        script.bind(prefix + name, value);
        return this;
    }

    /** Binds a value that may be null. */
    public Parameters bindByType(String name, @Nullable Object value, Class<?> type) {
        script.bindByType(prefix + name, value, type);
        return this;
    }
}
