package dev.jeton.jdbi;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The plan that the server keeps for a prepared statement, whatever it is asked with, and what it then did. */
final class PreparedPlan {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

    private PreparedPlan() {}

    /**
     * @param sql with named parameters
     * @param literals a value of SQL for each name, at least
     */
    static String explain(Handle handle, String sql, Map<String, String> literals) {
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
        return String.join("\n", plan);
    }
}
