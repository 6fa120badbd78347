package dev.jeton.jdbi;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The plan that PostgreSQL made for a prepared statement, and what running it cost.
 *
 * @param text the output of EXPLAIN ANALYZE
 */
public record PreparedPlan(String text) {
    /** Creates the function {@code id(kind, n)}: the n-th id of a kind of rows. */
    public static final String ID_FUNCTION = """
            CREATE FUNCTION id(kind integer, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                $$ SELECT ('0000000' || kind || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$
            """;

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");
    private static final Pattern PAGES_TOUCHED = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");
    private static final Pattern ROWS = Pattern.compile("actual rows=([\\d.]+) loops=(\\d+)");

    /**
     * Prepares, runs and explains a statement.
     *
     * @param sql with named parameters
     * @param literals an SQL expression for each parameter; more are ignored
     */
    public static PreparedPlan explain(Handle handle, String sql, Map<String, String> literals) {
        List<String> names = PARAMETER
                .matcher(sql)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
        String positional = PARAMETER.matcher(sql).replaceAll(result -> "\\$" + (names.indexOf(result.group(1)) + 1));
        String types = String.join(
                ", ",
                names.stream()
                        .map(name -> handle.select("SELECT pg_typeof(" + literals.get(name) + ")::text")
                                .mapTo(String.class)
                                .one())
                        .toList());
        String values = String.join(", ", names.stream().map(literals::get).toList());
        handle.execute("PREPARE explained (" + types + ") AS " + positional);
        List<String> plan = handle.createQuery(
                        "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) EXECUTE explained (" + values + ")")
                .mapTo(String.class)
                .list();
        handle.execute("DEALLOCATE explained");
        return new PreparedPlan(String.join("\n", plan));
    }

    /** How many pages of 8 kB the whole statement touched. */
    public int pagesTouched() {
        // The first count includes all steps below it.
        MatchResult buffers = PAGES_TOUCHED.matcher(text).results().findFirst().orElseThrow();
        return Integer.parseInt(buffers.group(1)) + (buffers.group(2) == null ? 0 : Integer.parseInt(buffers.group(2)));
    }

    /** The most rows that any step produced, over all its loops. */
    public long mostRows() {
        return ROWS.matcher(text)
                .results()
                .mapToLong(step -> Math.round(Double.parseDouble(step.group(1)) * Long.parseLong(step.group(2))))
                .max()
                .orElseThrow();
    }
}
