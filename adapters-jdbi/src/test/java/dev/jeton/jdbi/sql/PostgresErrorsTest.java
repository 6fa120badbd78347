package dev.jeton.jdbi.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresErrorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08006", "53100", "53300", "53400", "57014", "57P01", "57P02", "57P03",
                "58030", "55P03", "25P03", "25006", "40003"
            })
    void databaseFailuresAreUnavailable(String state) {
        JdbiException failure = failure(state);

        assertThat(PostgresErrors.unavailable(failure))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .isEqualTo(ErrorReason.DATABASE_UNAVAILABLE))
                .hasMessageNotContaining("SELECT")
                .hasCause(failure);
        assertThat(PostgresErrors.mayBeRerun(failure)).isFalse();
    }

    @Test
    void aPoolWithoutAFreeConnectionIsUnavailable() {
        SQLException timeout = new SQLTransientConnectionException("Connection is not available");

        assertThat(PostgresErrors.unavailable(new ConnectionException(timeout))).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void rollbacksForConcurrentTransactionsMayBeRerun(String state) {
        assertThat(PostgresErrors.mayBeRerun(failure(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22012", "42601", "23505", "25P02", "XX000", ""})
    void unknownFailuresAreReturnedUnchanged(String state) {
        JdbiException failure = failure(state);

        assertThat(PostgresErrors.unavailable(failure)).isSameAs(failure);
        assertThat(PostgresErrors.refusedWrite(failure, Map.of())).isSameAs(failure);
        assertThat(PostgresErrors.mayBeRerun(failure)).isFalse();
    }

    private static JdbiException failure(String state) {
        return new TransactionException("to commit", new SQLException("in SELECT secret", state));
    }
}
