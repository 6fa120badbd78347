package dev.jeton.jdbi;

import dev.jeton.jdbi.sql.DatabaseRole;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Examines a database on a connection of {@link ConnectionPools#forMigrations}, and changes nothing. Each check throws
 * {@link UnusableDatabase} with a sentence that names the cause and the remedy. Not thread-safe.
 */
final class DatabaseCheck {
    static final int OLDEST_POSTGRESQL = 15;

    /** The script of the first migration. Another program's history begins otherwise. */
    private static final String FIRST_SCRIPT = "V1__tenants_users_workloads_tokens.sql";

    private static final String ROLES_HELP = "see docs/operations.md, \"roles\"";

    private final Handle handle;
    private final String login;
    private final String database;

    DatabaseCheck(Handle handle) {
        this.handle = handle;
        login = text("SELECT current_user");
        database = text("SELECT current_database()");
    }

    /** The state of the schema. */
    enum Schema {
        ABSENT,
        OLDER,
        CURRENT,
        NEWER;

        /** Whether migrations are missing. */
        boolean isBehind() {
            return this == ABSENT || this == OLDER;
        }
    }

    /** Checks the server and its settings. */
    void requireUsableServer() {
        requireSupported(Integer.parseInt(text("SHOW server_version_num")) / 10_000, text("SHOW server_version"));
        String encoding = text("SHOW server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new UnusableDatabase(
                    "The database %s has the encoding %s; create one with TEMPLATE template0 ENCODING 'UTF8'"
                            .formatted(database, encoding));
        }
        if (holds("SELECT to_regnamespace('public') IS NULL")) {
            throw new UnusableDatabase(
                    "The database %s has no schema public, which Jeton uses; run CREATE SCHEMA public AUTHORIZATION \"%s\""
                            .formatted(database, login));
        }
    }

    static void requireSupported(int major, String version) {
        if (major < OLDEST_POSTGRESQL) {
            throw new UnusableDatabase("Jeton needs PostgreSQL %s or newer, but the server is version %s; upgrade it"
                    .formatted(OLDEST_POSTGRESQL, version));
        }
    }

    /** Checks that a commit survives a crash of the server's machine. */
    void requireDurableServer() {
        for (String setting : List.of("fsync", "full_page_writes")) {
            if (!text("SHOW " + setting).equals("on")) {
                throw new UnusableDatabase(
                        "The server has %s = off, so a crash loses acknowledged changes; set it to on and reload"
                                .formatted(setting));
            }
        }
    }

    /** Checks whose schema it is, and returns its state. */
    Schema requireOwnSchema(String newestVersion) {
        if (holds("SELECT to_regclass('public.flyway_schema_history') IS NULL")) {
            requireNothing();
            return Schema.ABSENT;
        }
        if (!holds("SELECT has_table_privilege('public.flyway_schema_history', 'SELECT')")) {
            throw notOwned("flyway_schema_history");
        }
        List<Migration> history = handle.createQuery("""
                        SELECT version, script, success FROM public.flyway_schema_history
                        WHERE version IS NOT NULL ORDER BY installed_rank
                        """)
                .map((row, context) ->
                        new Migration(row.getString("version"), row.getString("script"), row.getBoolean("success")))
                .list();
        if (history.isEmpty()) {
            // A first start was killed early.
            requireNothing();
            return Schema.ABSENT;
        }
        if (!history.get(0).script().equals(FIRST_SCRIPT)) {
            throw foreign(
                    "a migration history that begins with " + history.get(0).script());
        }
        history.stream().filter(migration -> !migration.success()).findFirst().ifPresent(failed -> {
            throw new UnusableDatabase(
                    "Migration %s failed halfway; run DELETE FROM flyway_schema_history WHERE NOT success, and start again"
                            .formatted(failed.version()));
        });
        boolean current =
                history.stream().anyMatch(migration -> migration.version().equals(newestVersion));
        boolean last = history.get(history.size() - 1).version().equals(newestVersion);
        return current ? last ? Schema.CURRENT : Schema.NEWER : Schema.OLDER;
    }

    private record Migration(String version, String script, boolean success) {}

    private void requireNothing() {
        Optional<String> found = handle.createQuery("""
                        SELECT name FROM (
                            SELECT oid, relname AS name FROM pg_class
                            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
                              AND relname <> 'flyway_schema_history'
                            UNION ALL
                            SELECT oid, typname FROM pg_type
                            WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
                            UNION ALL
                            SELECT oid, proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace) things
                        WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = things.oid AND d.deptype = 'e')
                        ORDER BY name LIMIT 1
                        """).mapTo(String.class).findOne();
        if (found.isPresent()) {
            throw foreign(found.get());
        }
    }

    private UnusableDatabase foreign(String found) {
        return new UnusableDatabase(
                "The schema public of the database %s holds %s, which is not Jeton's; create a database for Jeton alone"
                        .formatted(database, found));
    }

    private UnusableDatabase notOwned(String table) {
        return new UnusableDatabase(
                "The login %s does not own the table %s; run ALTER TABLE … OWNER TO \"%s\" for each of Jeton's tables"
                        .formatted(login, table, login));
    }

    /** Checks that the login can run migrations. */
    void requireMigratable(Schema schema) {
        if (!holds("SELECT has_schema_privilege('public', 'CREATE')")) {
            throw new UnusableDatabase(
                    "The login %s may not create tables in the schema public; run ALTER DATABASE \"%s\" OWNER TO \"%s\""
                            .formatted(login, database, login));
        }
        handle.createQuery("""
                        SELECT relname FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (:tables)
                          AND NOT pg_has_role(relowner, 'USAGE')
                        ORDER BY relname LIMIT 1
                        """)
                .bind("tables", tables())
                .mapTo(String.class)
                .findOne()
                .ifPresent(table -> {
                    throw notOwned(table);
                });
        if (schema == Schema.ABSENT) {
            for (DatabaseRole role : DatabaseRole.values()) {
                requireObtainable(role.roleName());
            }
        }
    }

    private static String[] tables() {
        Set<String> tables = new LinkedHashSet<>(Set.of("flyway_schema_history"));
        SchemaDescription.expected().stream()
                .filter(line -> line.startsWith("table "))
                .map(line -> line.split(" ")[1])
                .forEach(tables::add);
        return tables.toArray(String[]::new);
    }

    /** Migration V3 creates the role and makes the login its member, as far as necessary. */
    private void requireObtainable(String role) {
        boolean obtainable =
                handle.createQuery("""
                        SELECT me.rolsuper
                            OR CASE WHEN it.oid IS NULL THEN me.rolcreaterole
                                    ELSE pg_has_role(me.oid, it.oid, 'MEMBER')
                                         OR me.rolcreaterole AND NOT it.rolsuper
                                            AND (current_setting('server_version_num')::int < 160000
                                                 OR pg_has_role(me.oid, it.oid, 'MEMBER WITH ADMIN OPTION'))
                               END
                        FROM pg_roles me LEFT JOIN pg_roles it ON it.rolname = :role
                        WHERE me.rolname = current_user
                        """).bind("role", role).mapTo(Boolean.class).one();
        if (!obtainable) {
            throw new UnusableDatabase("Jeton needs the role %s, and the login %s can neither create nor assume it; %s"
                    .formatted(role, login, ROLES_HELP));
        }
    }

    /** Checks that a migrated schema has what this version needs, and that its roles are kept apart. */
    void requireIntact(Schema schema) {
        for (DatabaseRole role : DatabaseRole.values()) {
            requireLimited(role.roleName());
        }
        Set<String> expected = SchemaDescription.essentials(SchemaDescription.expected());
        Set<String> found = SchemaDescription.essentials(SchemaDescription.read(handle));
        Set<String> missing = new LinkedHashSet<>(expected);
        missing.removeAll(found);
        if (!missing.isEmpty() && schema == Schema.NEWER) {
            throw new UnusableDatabase(
                    "A newer Jeton has migrated the schema, which no longer has \"%s\"; start that version"
                            .formatted(missing.iterator().next()));
        }
        if (!missing.isEmpty()) {
            throw new UnusableDatabase(
                    "The schema lacks \"%s\" (%s such); restore it with its roles and grants, see docs/operations/backup.md"
                            .formatted(missing.iterator().next(), missing.size()));
        }
        if (schema == Schema.CURRENT) {
            requireNoMoreAccess(expected, found);
        }
    }

    private static void requireNoMoreAccess(Set<String> expected, Set<String> found) {
        Set<String> tables = new LinkedHashSet<>();
        expected.forEach(line -> tables.add(line.substring(0, line.indexOf(':'))));
        found.stream()
                .filter(line -> SchemaDescription.isAccess(line)
                        && !expected.contains(line)
                        && tables.contains(line.substring(0, line.indexOf(':'))))
                .findFirst()
                .ifPresent(line -> {
                    throw new UnusableDatabase(
                            "The schema grants more than Jeton needs: \"%s\"; revoke it, or drop that policy"
                                    .formatted(line));
                });
    }

    private void requireLimited(String role) {
        Privileges privileges = handle.createQuery("""
                        SELECT r.rolsuper OR r.rolbypassrls AS unlimited,
                               pg_has_role(r.oid, t.relowner, 'USAGE') AS owner,
                               has_schema_privilege(r.oid, 'public', 'USAGE') AS schema,
                               has_function_privilege(r.oid, 'jeton_tenant_id()', 'EXECUTE') AS function
                        FROM pg_roles r LEFT JOIN pg_class t ON t.oid = to_regclass('public.tokens')
                        WHERE r.rolname = :role
                        """)
                .bind("role", role)
                .map((row, context) -> new Privileges(
                        row.getBoolean("unlimited") || row.getBoolean("owner"),
                        row.getBoolean("schema"),
                        row.getBoolean("function")))
                .findOne()
                .orElseThrow(() -> new UnusableDatabase(
                        "The role %s does not exist, so policies are lost; create the roles, then restore the database again; %s"
                                .formatted(role, ROLES_HELP)));
        if (privileges.unlimited()) {
            throw new UnusableDatabase(
                    "The role %s bypasses row-level security; run ALTER ROLE %s NOSUPERUSER NOBYPASSRLS, and revoke its memberships"
                            .formatted(role, role));
        }
        if (!privileges.schema()) {
            throw new UnusableDatabase(
                    "The role %s may not use the schema public; run GRANT USAGE ON SCHEMA public TO %s"
                            .formatted(role, role));
        }
        if (!privileges.function()) {
            throw new UnusableDatabase(
                    "The role %s may not call jeton_tenant_id; run GRANT EXECUTE ON FUNCTION jeton_tenant_id TO %s"
                            .formatted(role, role));
        }
    }

    private record Privileges(boolean unlimited, boolean schema, boolean function) {}

    private boolean holds(String sql) {
        return handle.createQuery(sql).mapTo(Boolean.class).one();
    }

    private String text(String sql) {
        return handle.createQuery(sql).mapTo(String.class).one();
    }
}
