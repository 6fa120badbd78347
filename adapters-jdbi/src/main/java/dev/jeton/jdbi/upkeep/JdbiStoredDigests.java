package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Transactions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Columns {@code tokens.secret_scheme} and {@code tokens.secret_digest}, and table {@code secret_schemes}. Thread-safe.
 */
final class JdbiStoredDigests implements StoredDigests {
    /** Uses the partial index of keyed schemes; the condition tells the planner that it applies. */
    static final String SCHEMES_IN_USE = """
            SELECT s.scheme FROM secret_schemes s
            WHERE EXISTS (SELECT FROM tokens t WHERE t.secret_scheme = s.scheme AND t.secret_scheme <> 'sha256')
            """;

    /** Skips rows that others have locked, so that it waits for none while it holds another. */
    static final String REPLACE = """
            UPDATE tokens t SET secret_scheme = locked.fresh_scheme, secret_digest = locked.fresh_digest
            FROM (
                SELECT stored.tenant_id, stored.token_id, given.fresh_scheme, decode(given.fresh_digest, 'hex') AS fresh_digest
                FROM unnest(:tenantIds, :tokenIds, :staleSchemes, :staleDigests, :freshSchemes, :freshDigests)
                    AS given (tenant_id, token_id, stale_scheme, stale_digest, fresh_scheme, fresh_digest)
                JOIN tokens stored ON stored.tenant_id = given.tenant_id AND stored.token_id = given.token_id
                WHERE stored.secret_scheme = given.stale_scheme AND stored.secret_digest = decode(given.stale_digest, 'hex')
                FOR NO KEY UPDATE OF stored SKIP LOCKED) locked
            WHERE t.tenant_id = locked.tenant_id AND t.token_id = locked.token_id
            """;

    static final String REPLACE_ONE = REPLACE.replace(" SKIP LOCKED", "");

    /** What {@link #REPLACE} has skipped. */
    static final String SKIPPED = """
            SELECT given.place - 1
            FROM unnest(:tenantIds, :tokenIds, :staleSchemes, :staleDigests) WITH ORDINALITY
                AS given (tenant_id, token_id, stale_scheme, stale_digest, place)
            JOIN tokens stored ON stored.tenant_id = given.tenant_id AND stored.token_id = given.token_id
            WHERE stored.secret_scheme = given.stale_scheme AND stored.secret_digest = decode(given.stale_digest, 'hex')
            """;

    private final Transactions transactions;

    JdbiStoredDigests(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * {@inheritDoc}
     *
     * <p>What others have locked is replaced last, one row at a time, so that this takes part in no deadlock.
     */
    @Override
    public void replace(List<Replacement> replacements) {
        if (replacements.isEmpty()) {
            return;
        }
        if (execute(REPLACE, replacements) < replacements.size()) {
            List<Integer> skipped = transactions.run(handle -> bindStale(handle.createQuery(SKIPPED), replacements)
                    .mapTo(Integer.class)
                    .list());
            skipped.forEach(place -> execute(REPLACE_ONE, List.of(replacements.get(place))));
        }
    }

    private int execute(String sql, List<Replacement> replacements) {
        return transactions.run(handle -> bindStale(handle.createUpdate(sql), replacements)
                .bind("freshSchemes", Columns.column(replacements, String[]::new, each -> each.fresh()
                        .scheme()))
                .bind("freshDigests", Columns.column(replacements, String[]::new, each -> hex(each.fresh())))
                .execute());
    }

    private static <S extends SqlStatement<S>> S bindStale(S statement, List<Replacement> replacements) {
        return statement
                .bind("tenantIds", Columns.column(replacements, UUID[]::new, each -> each.token()
                        .tenantId()
                        .value()))
                .bind("tokenIds", Columns.column(replacements, UUID[]::new, each -> each.token()
                        .tokenId()
                        .value()))
                .bind("staleSchemes", Columns.column(replacements, String[]::new, each -> each.stale()
                        .scheme()))
                .bind("staleDigests", Columns.column(replacements, String[]::new, each -> hex(each.stale())));
    }

    @Override
    public List<SecretDigest> registerFingerprints(List<SecretDigest> fingerprints) {
        if (fingerprints.isEmpty()) {
            return List.of();
        }
        String[] schemes = Columns.column(fingerprints, String[]::new, SecretDigest::scheme);
        return transactions.run(handle -> {
            insert(handle, schemes, Columns.column(fingerprints, String[]::new, JdbiStoredDigests::hex));
            return handle.createQuery("SELECT scheme, fingerprint FROM secret_schemes WHERE scheme = ANY (:schemes)")
                    .bind("schemes", schemes)
                    .map((row, context) -> new SecretDigest(row.getString("scheme"), row.getBytes("fingerprint")))
                    .list();
        });
    }

    private static void insert(Handle handle, String[] schemes, String[] fingerprints) {
        handle.createUpdate("""
                        INSERT INTO secret_schemes (scheme, fingerprint)
                        SELECT given.scheme, decode(given.fingerprint, 'hex')
                        FROM unnest(:schemes, :fingerprints) AS given (scheme, fingerprint)
                        ORDER BY given.scheme
                        ON CONFLICT DO NOTHING
                        """)
                .bind("schemes", schemes)
                .bind("fingerprints", fingerprints)
                .execute();
    }

    @Override
    public Set<String> schemesInUse() {
        return transactions.run(
                handle -> handle.createQuery(SCHEMES_IN_USE).mapTo(String.class).collect(Collectors.toSet()));
    }

    /** Jdbi cannot bind an array of bytea. */
    private static String hex(SecretDigest digest) {
        return HexFormat.of().formatHex(digest.bytes());
    }
}
