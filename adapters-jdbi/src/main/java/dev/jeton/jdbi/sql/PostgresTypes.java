package dev.jeton.jdbi.sql;

import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.StringJoiner;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.array.SqlArrayType;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Binds Java values to PostgreSQL types. Instants are truncated to microseconds, like those of domain types. */
public final class PostgresTypes implements JdbiPlugin {

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        jdbi.registerArgument(new InstantArguments());
        jdbi.registerArrayType(new InstantArrays());
        jdbi.registerArrayType(UUID.class, "uuid");
        jdbi.registerArgument(new UuidArrays());
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(Boolean.class, "boolean");
        // Statements and values must not get into logs.
        jdbi.configure(StatementExceptions.class, exceptions -> exceptions.setMessageRendering(MessageRendering.NONE));
    }

    /** Returns a {@code uuid[]} as text; its elements may be null. The driver's own conversion scans each id for characters to escape. */
    public static PGobject array(@Nullable UUID... ids) {
        StringJoiner text = new StringJoiner(",", "{", "}");
        for (UUID id : ids) {
            text.add(String.valueOf(id));
        }
        PGobject array = new PGobject();
        array.setType("_uuid");
        try {
            array.setValue(text.toString());
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
        return array;
    }

    private static final class UuidArrays extends AbstractArgumentFactory<UUID[]> {
        UuidArrays() {
            super(Types.ARRAY);
        }

        @Override
        protected Argument build(UUID[] value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(position, array(value));
        }
    }

    private static final class InstantArguments extends AbstractArgumentFactory<Instant> {
        InstantArguments() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(
                    position, value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        }
    }

    private static final class InstantArrays implements SqlArrayType<Instant> {
        @Override
        public String getTypeName() {
            return "timestamptz";
        }

        @Override
        public @Nullable Object convertArrayElement(@Nullable Instant element) {
            return element == null
                    ? null
                    : element.truncatedTo(ChronoUnit.MICROS).toString();
        }
    }
}
