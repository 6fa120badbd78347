package dev.jeton.jdbi.plan;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;

/**
 * The plan by which the server executed a statement, from its log.
 *
 * @param rows that the statement returned, wrote or, if it ends its page early, looked at, or was given in arrays; whichever is most
 * @param pages of 8 kB that it touched
 * @param text of the plan, as JSON
 */
record LoggedPlan(String sql, long rows, long pages, String text) {
    private static final String END = "the end of the plans";
    private static final long POLL_NANOS = 5_000_000;

    /** Returns the size of the log. */
    static long end(Handle handle) {
        return handle.select("SELECT (pg_stat_file(pg_current_logfile('jsonlog'))).size")
                .mapTo(Long.class)
                .one();
    }

    /** Returns the plans logged since the log had that size, of this database. */
    static List<LoggedPlan> since(Handle handle, long start) {
        // Each session writes its plans before it answers.
        handle.execute("SELECT '" + END + "'");
        while (!handle.select(
                        "SELECT pg_read_file(pg_current_logfile('jsonlog'), ?, 1000000000) LIKE ?",
                        start,
                        "%" + END + "%")
                .mapTo(Boolean.class)
                .one()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return handle.createQuery("""
                        WITH line AS (
                            SELECT text::jsonb AS entry
                            FROM regexp_split_to_table(pg_read_file(pg_current_logfile('jsonlog'), :start, 1000000000), '\\n') text
                            WHERE text IS JSON OBJECT),
                        plan AS (
                            SELECT substring(entry ->> 'message' FROM 'plan:\\n(.*)')::jsonb AS plan
                            FROM line
                            WHERE entry ->> 'dbname' = current_database() AND entry ->> 'message' LIKE 'duration: % plan:%'
                              AND entry ->> 'application_name' = 'jeton')
                        SELECT plan ->> 'Query Text' AS sql, jsonb_pretty(plan -> 'Plan') AS text,
                               (plan #>> '{Plan,Shared Hit Blocks}')::bigint + (plan #>> '{Plan,Shared Read Blocks}')::bigint AS pages,
                               greatest(
                                   (plan #>> '{Plan,Actual Rows}')::numeric,
                                   (SELECT sum((written #>> '{}')::numeric)
                                    FROM jsonb_path_query(
                                        plan, 'strict $.**?(@."Node Type" == "ModifyTable").Plans[*]."Actual Rows"') written),
                                   (SELECT sum((given #>> '{}')::numeric)
                                    FROM jsonb_path_query(
                                        plan, 'strict $.**?(@."Node Type" == "Function Scan")."Actual Rows"') given),
                                   (plan #>> '{Plan,Plans,0,Plans,0,Actual Rows}')::numeric
                                       * (plan #>> '{Plan,Plans,0,Plans,0,Node Type}' = 'WindowAgg')::integer) AS rows
                        FROM plan WHERE jsonb_exists(plan -> 'Plan', 'Plans') OR plan #>> '{Plan,Node Type}' <> 'Result'
                        """)
                .bind("start", start)
                .map((row, context) -> new LoggedPlan(
                        row.getString("sql"), row.getLong("rows"), row.getLong("pages"), row.getString("text")))
                .list();
    }
}
