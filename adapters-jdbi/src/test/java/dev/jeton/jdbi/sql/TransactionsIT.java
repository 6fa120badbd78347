package dev.jeton.jdbi.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.jdbi.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transactions are rerun, and which are not committed. */
class TransactionsIT {
    private static TestDatabase database;
    private static TransactionTimer timer;
    private static Transactions transactions;

    /** Inserting a number below two fails at commit, as a serialization failure does. */
    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        timer = new TransactionTimer();
        transactions = new Transactions(database.as(DatabaseRole.MANAGEMENT), timer, Duration.ofSeconds(20));
        database.backdoor().useHandle(handle -> {
            handle.execute("CREATE TABLE numbers (n integer)");
            handle.execute("GRANT INSERT ON numbers TO PUBLIC");
            handle.execute("""
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'at commit' USING ERRCODE = '40001'; END $$
                    """);
            handle.execute("""
                    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON numbers DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW WHEN (NEW.n < 2) EXECUTE FUNCTION refuse()
                    """);
        });
    }

    @AfterAll
    static void close() {
        timer.close();
        database.close();
    }

    @BeforeEach
    void truncate() {
        database.backdoor().useHandle(handle -> handle.execute("TRUNCATE numbers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void rerunsATransactionRolledBackForAnother(String state) {
        AtomicInteger runs = new AtomicInteger();

        int result = transactions.run(handle -> runs.incrementAndGet() < 3 ? raise(handle, state) : runs.get());

        assertThat(result).isEqualTo(3);
    }

    @Test
    void rerunsATransactionRefusedAtCommit() {
        AtomicInteger runs = new AtomicInteger();

        transactions.run(handle -> handle.execute("INSERT INTO numbers VALUES (?)", runs.incrementAndGet()));

        assertThat(runs).hasValue(2);
        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void givesUpAfterFiveAttempts() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> transactions.run(handle -> {
                    runs.incrementAndGet();
                    return raise(handle, "40001");
                }))
                .isInstanceOfSatisfying(Conflict.class, conflict -> assertThat(conflict.reason())
                        .isEqualTo(ErrorReason.CONCURRENT_CHANGE));
        assertThat(runs).hasValue(5);
    }

    @Test
    void aBugIsThrownUnchangedWithoutItsStatement() {
        assertThatThrownBy(() -> transactions.run(handle -> handle.execute("SELECT 1 / 0 AS revealing")))
                .isInstanceOf(JdbiException.class)
                .hasMessageNotContaining("revealing");
    }

    @Test
    void aTransactionWithAnIgnoredFailureIsNotCommitted() {
        assertThatThrownBy(() -> transactions.run(handle -> {
                    handle.execute("INSERT INTO numbers VALUES (2)");
                    try {
                        handle.execute("SELECT 1 / 0");
                    } catch (JdbiException ignored) {
                        return "ignored: " + ignored.getClass();
                    }
                    return "never";
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(numbers()).isEmpty();
    }

    private static List<Integer> numbers() {
        return database.backdoor().withHandle(handle -> handle.select("SELECT n FROM numbers")
                .mapTo(Integer.class)
                .list());
    }

    private static int raise(Handle handle, String state) {
        return handle.execute("DO $$ BEGIN RAISE EXCEPTION 'concurrent' USING ERRCODE = '" + state + "'; END $$");
    }
}
