package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaMigratorIT {

    @Test
    void replicasMayStartAtOnce() {
        DatabaseSettings settings = TestDatabase.emptyDatabase();

        assertThat(Outcomes.of(4, number -> new SchemaMigrator(settings).migrate()))
                .isEqualTo(Map.of(Outcomes.DONE, 4L));

        int runs = Database.jdbi(ConnectionPools.forMigrations(settings)).withHandle(handle -> handle.select(
                        "SELECT count(*) FROM flyway_schema_history WHERE version = '1' AND success")
                .mapTo(Integer.class)
                .one());
        assertThat(runs).isOne();
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() {
        DatabaseSettings wrong = DatabaseSettings.of(
                TestDatabase.emptyDatabase().url().replaceFirst("/test_\\d+", "/no_such_database"),
                "postgres",
                "s3cr3t");

        assertThatThrownBy(() -> new SchemaMigrator(wrong).migrate())
                .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.reason())
                        .isEqualTo(ErrorReason.DATABASE_UNAVAILABLE))
                .hasMessageContaining("check its URL")
                .hasMessageNotContaining("s3cr3t");
    }
}
