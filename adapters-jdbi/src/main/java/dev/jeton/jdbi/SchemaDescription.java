package dev.jeton.jdbi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jeton.jdbi.sql.DatabaseRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Describes the tables of the schema {@code public}, with columns, constraints, indexes, policies and what Jeton's roles may do with them.
 * Sessions of {@link ConnectionPools#forMigrations} describe equal schemas by equal lines.
 */
final class SchemaDescription {
    private static final String GOLDEN = "/db/schema.golden";

    private SchemaDescription() {}

    /** Returns the lines in the order of tables; those of a table's parts are indented. */
    static List<String> read(Handle handle) {
        return handle.createQuery("""
                        WITH described AS (
                            SELECT c.oid, c.relname FROM pg_class c
                            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                              AND c.relname <> 'flyway_schema_history')
                        SELECT line FROM (
                            SELECT d.relname, 1 AS part, 0 AS position,
                                   'table ' || d.relname
                                   || coalesce(' (' || array_to_string(c.reloptions, ', ') || ')', '') AS line
                            FROM described d JOIN pg_class c USING (oid)
                            UNION ALL
                            SELECT d.relname, 2, a.attnum,
                                   '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                                   || coalesce(' collate ' || l.collname, '')
                                   || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                                   || coalesce(' default ' || pg_get_expr(v.adbin, v.adrelid), '')
                            FROM described d
                            JOIN pg_attribute a ON a.attrelid = d.oid AND a.attnum > 0 AND NOT a.attisdropped
                            LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'default'
                            LEFT JOIN pg_attrdef v ON v.adrelid = d.oid AND v.adnum = a.attnum
                            UNION ALL
                            SELECT d.relname, 3, 0, '  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
                            FROM described d JOIN pg_constraint k ON k.conrelid = d.oid AND k.contype IN ('p', 'u', 'f', 'c')
                            UNION ALL
                            SELECT d.relname, 4, 0, '  ' || pg_get_indexdef(i.indexrelid)
                            FROM described d JOIN pg_index i ON i.indrelid = d.oid
                            UNION ALL
                            SELECT d.relname, 5, 0, '  row security enabled'
                            FROM described d JOIN pg_class c USING (oid) WHERE c.relrowsecurity
                            UNION ALL
                            SELECT d.relname, 6, 0,
                                   '  policy ' || p.policyname || ' for ' || p.cmd || ' to '
                                   || array_to_string(ARRAY(SELECT unnest(p.roles)::text ORDER BY 1), ', ')
                                   || ' using ' || p.qual || coalesce(' check ' || p.with_check, '')
                            FROM described d JOIN pg_policies p ON p.tablename = d.relname AND p.schemaname = 'public'
                            UNION ALL
                            SELECT d.relname, 7, 0, '  ' || coalesce(r.rolname, 'PUBLIC') || ' may ' || g.privilege
                            FROM described d JOIN (
                                SELECT c.oid, acl.grantee, acl.privilege_type AS privilege
                                FROM pg_class c, aclexplode(c.relacl) acl
                                UNION ALL
                                SELECT a.attrelid, acl.grantee,
                                       acl.privilege_type || ' ' || string_agg(a.attname, ', ' ORDER BY a.attname)
                                FROM pg_attribute a, aclexplode(a.attacl) acl
                                GROUP BY a.attrelid, acl.grantee, acl.privilege_type) g USING (oid)
                            LEFT JOIN pg_roles r ON r.oid = g.grantee
                            WHERE g.grantee = 0 OR r.rolname = ANY (:roles)) lines
                        ORDER BY relname COLLATE "C", part, position, line COLLATE "C"
                        """)
                .bind(
                        "roles",
                        Stream.of(DatabaseRole.values())
                                .map(DatabaseRole::roleName)
                                .toArray(String[]::new))
                .mapTo(String.class)
                .list();
    }

    /** Returns the lines for the schema as the newest migration leaves it. */
    static List<String> expected() {
        try (InputStream golden =
                Objects.requireNonNull(SchemaDescription.class.getResourceAsStream(GOLDEN), "the golden file")) {
            return new String(golden.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns {@code lines} without what a schema may lack: indexes that only make it faster. Each names its table. */
    static Set<String> essentials(List<String> lines) {
        Set<String> essentials = new LinkedHashSet<>();
        String table = "";
        for (String line : lines) {
            if (!line.startsWith(" ")) {
                table = line;
            } else if (!line.startsWith("  CREATE INDEX")) {
                essentials.add(table + ":" + line.substring(1));
            }
        }
        return essentials;
    }

    /** Whether one of the {@link #essentials} lets a role do something. */
    static boolean isAccess(String essential) {
        return essential.contains(": policy ") || essential.matches("[^:]*: \\w+ may .*");
    }
}
