package dev.jeton.jdbi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares the migrated schema with a golden file. After a new migration, update the file with {@code mvn verify -pl adapters-jdbi -am
 * -Dit.test=SchemaIT -Djeton.updateGolden=true}, which fails because the build already contains the old one; then review the difference.
 */
class SchemaIT {
    private static final Path GOLDEN = Path.of("src/main/resources/db/schema.golden");

    /** Tables without tenant data. */
    private static final Set<String> EXEMPT = Set.of("installation_keys", "secret_schemes", "flyway_schema_history");

    private static TestDatabase database;
    private static Jdbi backdoor;

    @BeforeAll
    static void open() throws IOException {
        if (Boolean.getBoolean("jeton.updateGolden")) {
            update();
        }
        database = TestDatabase.fresh();
        backdoor = database.backdoor();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void equalsTheGoldenFile() throws IOException {
        assertThat(description(backdoor)).isEqualTo(Files.readString(GOLDEN, UTF_8));
    }

    private static void update() throws IOException {
        DatabaseSettings settings = TestDatabase.emptyDatabase();
        try {
            new SchemaMigrator(settings).migrate();
        } catch (UnusableDatabase otherThanGolden) {
            // It is migrated nevertheless.
        }
        Files.writeString(GOLDEN, description(Database.jdbi(ConnectionPools.forMigrations(settings))), UTF_8);
    }

    private static String description(Jdbi jdbi) {
        return String.join("\n", jdbi.withHandle(SchemaDescription::read)) + "\n";
    }

    @Test
    void everyKeyStartsWithTheTenant() {
        List<String> keys = keys("");

        assertThat(keys).hasSizeGreaterThan(15);
        assertThat(keys).allMatch(key -> key.endsWith(" starts with tenant_id"));
    }

    @Test
    void detectsAKeyThatStartsOtherwise() {
        assertThat(keys("CREATE TABLE bad (id uuid PRIMARY KEY)")).contains("bad_pkey starts with id");
        assertThat(keys("CREATE UNIQUE INDEX bad ON tokens (name, tenant_id)")).contains("bad starts with name");
        assertThat(keys("CREATE UNIQUE INDEX bad ON tokens (lower(name))")).contains("bad starts with an expression");
        assertThat(keys("""
                        ALTER TABLE users ADD UNIQUE (user_id, tenant_id);
                        CREATE TABLE bad (tenant_id uuid, user_id uuid,
                            CONSTRAINT bad FOREIGN KEY (user_id, tenant_id) REFERENCES users (user_id, tenant_id))
                        """)).contains("bad starts with user_id", "bad references a key that starts with user_id");
    }

    /** The first columns of all unique indexes, of foreign keys and of the keys they refer to. Rolls the change back. */
    private static List<String> keys(String change) {
        return backdoor.inTransaction(handle -> {
            handle.createScript(change).execute();
            List<String> keys = handle.createQuery("""
                            SELECT k.key || ' ' || k.verb || ' ' || coalesce(a.attname, 'an expression')
                            FROM (
                                SELECT i.indrelid AS owner, i.indrelid AS relation, i.indexrelid::regclass::text AS key,
                                       'starts with' AS verb, i.indkey[0] AS attribute
                                FROM pg_index i WHERE i.indisunique
                                UNION ALL
                                SELECT f.conrelid, f.conrelid, f.conname, 'starts with', f.conkey[1]
                                FROM pg_constraint f WHERE f.contype = 'f'
                                UNION ALL
                                SELECT f.conrelid, f.confrelid, f.conname, 'references a key that starts with', f.confkey[1]
                                FROM pg_constraint f WHERE f.contype = 'f') k
                            JOIN pg_class owner ON owner.oid = k.owner AND owner.relkind IN ('r', 'p')
                            LEFT JOIN pg_attribute a ON a.attrelid = k.relation AND a.attnum = k.attribute
                            WHERE owner.relnamespace = 'public'::regnamespace AND owner.relname <> ALL (:exempt)
                            ORDER BY 1
                            """)
                    .bind("exempt", EXEMPT.toArray(String[]::new))
                    .mapTo(String.class)
                    .map(key -> key.replace("references a key that starts with tenant_id", "starts with tenant_id"))
                    .list();
            handle.rollback();
            return keys;
        });
    }
}
