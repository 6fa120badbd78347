package dev.jeton.jdbi.sql;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.StoredText;
import dev.jeton.domain.workload.WorkloadId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes column types that several tables share. */
public final class Columns {
    private Columns() {}

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static TenantId tenantId(ResultSet row) throws SQLException {
        return new TenantId(uuid(row, "tenant_id"));
    }

    /** Not for a null column. */
    public static StoredText text(ResultSet row, String column) throws SQLException {
        return new StoredText(row.getString(column));
    }

    /** Returns null for a null column. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static Expiry expiry(ResultSet row) throws SQLException {
        Instant instant = instant(row, "expire_time");
        return instant == null ? Expiry.NEVER : Expiry.at(instant);
    }

    public static Stream<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.stream((String[]) elements(row, column));
    }

    public static Stream<UUID> uuids(ResultSet row, String column) throws SQLException {
        return Arrays.stream((UUID[]) elements(row, column));
    }

    public static Stream<Long> longs(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Long[]) elements(row, column));
    }

    public static Scopes scopes(ResultSet row, String column) throws SQLException {
        List<Scope> scopes = texts(row, column).map(Scope::new).toList();
        return Scopes.of(scopes);
    }

    /** For a {@code uuid[]} column. */
    public static UUID[] ids(Collection<WorkloadId> workloadIds) {
        return workloadIds.stream().map(WorkloadId::value).toArray(UUID[]::new);
    }

    public static SortedSet<WorkloadId> workloadIds(ResultSet row) throws SQLException {
        return workloadIds(row, "workload_ids");
    }

    public static SortedSet<WorkloadId> workloadIds(ResultSet row, String column) throws SQLException {
        SortedSet<WorkloadId> workloadIds =
                uuids(row, column).map(WorkloadId::new).collect(Collectors.toCollection(TreeSet::new));
        return workloadIds.isEmpty() ? Collections.emptySortedSet() : workloadIds;
    }

    public static Revision revision(ResultSet row) throws SQLException {
        return new Revision(instant(row, "create_time"), instant(row, "update_time"), row.getLong("version"));
    }

    /** For a {@code text[]} column. */
    public static String[] texts(Scopes scopes) {
        return scopes.values().stream().map(Scope::value).toArray(String[]::new);
    }

    /** Returns one property of each row, as an array for {@code unnest}. */
    public static <T, V> V[] column(List<T> rows, IntFunction<V[]> array, Function<T, V> value) {
        return rows.stream().map(value).toArray(array);
    }

    /** Rounds up to whole microseconds, so that comparing it with stored times gives the same result. */
    public static Instant ceiling(Instant instant) {
        Instant floor = instant.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(instant) ? instant : floor.plus(1, ChronoUnit.MICROS);
    }

    private static Object[] elements(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return (Object[]) array.getArray();
    }
}
