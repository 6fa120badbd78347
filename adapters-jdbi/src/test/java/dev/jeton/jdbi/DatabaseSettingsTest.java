package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
    private static final String URL = "jdbc:postgresql://db.example.com:5432/jeton";

    @Test
    void omitsThePassword() {
        assertThat(DatabaseSettings.of(URL, "jeton", "s3cr3t"))
                .asString()
                .contains(URL)
                .doesNotContain("s3cr3t");
    }

    @Test
    void defaultPoolsSuitTheSmallestMachine() {
        DatabaseSettings settings = DatabaseSettings.of(URL, "jeton", null);

        assertThat(settings.poolSize()).isGreaterThanOrEqualTo(8);
        assertThat(settings.lookupPoolSize()).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {URL + "?password=s3cr3t", URL + "?user=jeton&PASSWORD=s3cr3t"})
    void rejectsAPasswordInTheUrlWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseSettings.of(url, "jeton", null))
                .withMessageContaining("password")
                .withMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jdbc:mysql://db.example.com/jeton", "postgresql://db.example.com/jeton"})
    void rejectsOtherUrls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseSettings.of(url, "jeton", null))
                .withMessageContaining("jdbc:postgresql:");
    }

    /** Each of them could break a promise, or the driver would ignore it. */
    @ParameterizedTest
    @CsvSource({
        "options=-c lock_timeout=5s, options",
        "currentSchema=x, currentSchema: Jeton uses the schema public",
        "socketTimeout=0, socketTimeout: use --db-socket-timeout",
        "connectTimeout=0, connectTimeout: use --db-connect-timeout",
        "user=postgres, user: use --db-user",
        "targetServerType=any, targetServerType: Jeton always looks for the primary",
        "readOnly=true, readOnly",
        "preferQueryMode=simple, preferQueryMode",
        "autosave=always, autosave",
        "prepareThreshold=0, prepareThreshold",
        "stringtype=unspecified, stringtype",
        "assumeMinServerVersion=9, assumeMinServerVersion",
        "logServerErrorDetail=true, logServerErrorDetail",
        "replication=database, replication",
        "sslMode=verify-full, sslMode"
    })
    void rejectsParametersThatJetonSetsOrTheDriverDoesNotKnow(String parameter, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseSettings.of(URL + "?ApplicationName=x&" + parameter, "jeton", null))
                .withMessageStartingWith("The database URL must not set " + named);
    }

    @Test
    void acceptsEncryptionAuthenticationAndHosts() {
        assertThatCode(() -> DatabaseSettings.of(
                        "jdbc:postgresql://a:1,b:2/jeton?sslmode=verify-full&sslrootcert=/ca.pem&loadBalanceHosts=true",
                        "jeton",
                        null))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1000, 0, 1, 1500})
    void rejectsTimeoutsTheDriverDoesNotSupport(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withTimeouts(1, Duration.ofMillis(millis)))
                .withMessageContaining("whole seconds");
    }

    @Test
    void rejectsAnEmptyPool() {
        assertThatCode(() -> withTimeouts(1, Duration.ofSeconds(1))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withTimeouts(0, Duration.ofSeconds(1)))
                .withMessageContaining("pool size must be at least 1");
    }

    private static DatabaseSettings withTimeouts(int poolSize, Duration timeout) {
        return new DatabaseSettings(
                URL,
                "jeton",
                null,
                poolSize,
                1,
                timeout,
                timeout,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                timeout,
                1);
    }
}
