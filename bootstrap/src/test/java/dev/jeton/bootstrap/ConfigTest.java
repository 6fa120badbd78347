package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.application.token.Retention;
import dev.jeton.bootstrap.config.Commands;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.InvalidConfig;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.grpc.GrpcLimits;
import dev.jeton.grpc.GrpcServerSettings;
import dev.jeton.jdbi.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

class ConfigTest {
    private static final Environment NO_VARIABLES = new Environment(Map.of());
    private static final String[] EXTERNAL = {"--db-url", "jdbc:postgresql://db/jeton", "--db-user", "jeton"};

    private static final String KEY = "GHHZU1MN0yKtAGSz31h40ECvZ4527o8Wk7h4EqlYIJY=";
    private static final String OTHER_KEY = "2pJaMOMff9qnBE4+W6SuF2cN6C1new5631cAQooTejY=";

    @TempDir
    private Path directory;

    @Test
    void hasTheDocumentedDefaults() {
        Config config = config(Map.of());

        assertThat(config.warmUp()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.drainDelay()).isZero();
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.retention())
                .isEqualTo(new Retention(Duration.ofDays(90), Duration.ofHours(24), Duration.ofHours(1)));
        assertThat(config.useInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.auditRetention()).isNull();
        assertThat(config.server()).isEqualTo(new GrpcServerSettings("127.0.0.1", 50051, true, GrpcLimits.DEFAULT));
        assertThat(config.storage()).isInstanceOf(Storage.Embedded.class);
        assertThat(config.storage().dataDirectory())
                .isAbsolute()
                .isEqualTo(Path.of("jeton-data").toAbsolutePath());
    }

    @Test
    void hasTheDatabaseDefaultsOfTheAdapter() {
        Login login = new Login("jdbc:postgresql://db/jeton", "jeton", "secret");

        assertThat(config(Map.of()).storage().limits().at(login))
                .usingRecursiveComparison()
                .ignoringFields("poolSize")
                .isEqualTo(DatabaseSettings.of(login.url(), login.user(), login.password()));
    }

    @Test
    void hasOneConnectionPerThread() {
        Config config = config(Map.of(), "--management-threads=5", "--revocation-threads=2");

        assertThat(config.storage().limits().poolSize()).isEqualTo(7);
    }

    @Test
    void readsOptionsFromTheEnvironment() {
        assertThat(config(Map.of("JETON_USE_INTERVAL", "7s")).useInterval()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void readsDrainTimes() {
        Config config = config(Map.of("JETON_DRAIN_DELAY", "5s"), "--drain-timeout=20s");

        assertThat(config.drainDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void readsTheWarmUp() {
        assertThat(config(Map.of("JETON_WARM_UP", "7s")).warmUp()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config(Map.of(), "--warm-up=0").warmUp()).isZero();
        assertThat(errors(Map.of(), "--warm-up=11m")).containsExactly("--warm-up 11m: must be at most 600s");
    }

    @Test
    void prefersTheCommandLineToTheEnvironment() {
        assertThat(config(Map.of("JETON_USE_INTERVAL", "7s"), "--use-interval=8s")
                        .useInterval())
                .isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void ignoresEmptyAndUnrelatedVariables() {
        assertThat(config(Map.of("JETON_USE_INTERVAL", "", "JETTON_PORT", "1")).useInterval())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void reportsAllErrorsAtOnce() {
        assertThat(errors(
                        Map.of("JETON_PORT", "http", "JETON_DATADIR", "/srv", "JETON_DB_PASSWORD", "hunter2"),
                        "--bnd=::1",
                        "--use-interval",
                        "61s",
                        "--max-message=64K"))
                .containsExactlyInAnyOrder(
                        "JETON_PORT http: must be a whole number from 0 to 65535",
                        "Unknown environment variable JETON_DATADIR: did you mean JETON_DATA_DIR?",
                        "--db-user, --db-password-file and JETON_DB_PASSWORD require --db-url:"
                                + " the embedded PostgreSQL has its own user and password",
                        "Unknown option or command --bnd: did you mean --bind?",
                        "--use-interval 61s: must be at most 40s",
                        "--max-message 64K: must be a number of bytes such as 65536, 64KiB or 1MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "1.5", "port", "99999999999999999999", "٣"})
    void refusesInvalidPorts(String port) {
        assertThat(errors(Map.of(), "--port=" + port)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1ms,PT0.001S", "90s,PT1M30S", "15m,PT15M", "24h,PT24H", "90d,PT2160H"})
    void readsTimes(String text, Duration time) {
        assertThat(config(Map.of(), "--tombstone-retention", text).retention().deletedTokens())
                .isEqualTo(time);
    }

    @Test
    void readsTheAuditRetention() {
        assertThat(config(Map.of("JETON_AUDIT_RETENTION", "400d")).auditRetention())
                .isEqualTo(Duration.ofDays(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0s", "-1s", "1.5s", "1 s", "s", "PT1S", "9999999999d"})
    void refusesInvalidTimes(String text) {
        assertThat(errors(Map.of(), "--drain-timeout=" + text))
                .containsExactly(
                        "--drain-timeout " + text + ": must be a duration such as 500ms, 10s, 15m, 24h or 90d");
    }

    @ParameterizedTest
    @CsvSource({
        "--drain-timeout, 3651d, must be at most 3650d",
        "--tombstone-retention, 999999999d, must be at most 3650d",
        "--reset-window, 25h, must be at most 1d",
        "--db-socket-timeout, 2d, must be at most 1d",
        "--db-statement-timeout, 25h, must be at most 1d",
        "--db-pool-wait, 249ms, must be at least 250ms",
        "--db-pool-wait, 25h, must be at most 1d",
        "--max-connection-age, 999ms, must be at least 1s",
        "--max-connection-idle, 999ms, must be at least 1s",
        "--use-interval, 61s, must be at most 40s",
        "--audit-retention, 23h, must be at least 1d",
        "--audit-retention, 3651d, must be at most 3650d",
        "--max-metadata, 3000MiB, must be less than 2048MiB",
        "--max-nesting, 0, must be a whole number from 1 to 1000000"
    })
    void refusesValuesOutOfRange(String option, String value, String error) {
        assertThat(errors(Map.of(), option, value)).containsExactly(option + " " + value + ": " + error);
    }

    @Test
    void everyServerLimitIsAnOption() {
        Config config = config(
                Map.of("JETON_MAX_MESSAGE", "1KiB", "JETON_MAX_BATCH", "2KiB", "JETON_MAX_METADATA", "3KiB"),
                "--max-nesting=4",
                "--max-calls-per-connection=5",
                "--max-resets=6",
                "--reset-window=7s",
                "--max-connection-age=8s",
                "--connection-age-grace=9s",
                "--max-connection-idle=10s",
                "--min-keepalive=11s",
                "--handshake-timeout=12s",
                "--call-timeout=13s",
                "--max-verifications=14",
                "--management-threads=15",
                "--management-queue=16",
                "--revocation-threads=17",
                "--revocation-queue=18");

        assertThat(config.server().limits())
                .isEqualTo(new GrpcLimits(
                        1024,
                        2048,
                        4,
                        3072,
                        5,
                        6,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        14,
                        15,
                        16,
                        17,
                        18));
    }

    @Test
    void everyDatabaseLimitIsAnOption() {
        Storage.Limits limits = config(
                        Map.of("JETON_DB_CONNECT_TIMEOUT", "2s", "JETON_DB_SOCKET_TIMEOUT", "3s"),
                        "--db-statement-timeout=4s",
                        "--db-pool-wait=5s",
                        "--db-lookup-timeout=6s",
                        "--db-pool-size=7",
                        "--db-lookup-pool-size=8")
                .storage()
                .limits();

        assertThat(List.of(
                        limits.connectTimeout(),
                        limits.socketTimeout(),
                        limits.statementTimeout(),
                        limits.poolWait(),
                        limits.lookupTimeout()))
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(limits.poolSize()).isEqualTo(7);
        assertThat(limits.lookupPoolSize()).isEqualTo(8);
    }

    @Test
    void requiresWholeSecondsForTheDriver() {
        assertThat(errors(Map.of(), "--db-socket-timeout=1500ms"))
                .containsExactly("--db-socket-timeout 1500ms: must be whole seconds, such as 1s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesPlaintextThatOtherMachinesCouldRead(String address) {
        assertThat(errors(Map.of(), "--bind", address))
                .singleElement()
                .asString()
                .contains("--allow-plaintext");
        assertThat(config(Map.of(), "--bind", address, "--allow-plaintext")).isNotNull();
    }

    @Test
    void acceptsAFlagGivenTwice() {
        assertThat(config(Map.of("JETON_ALLOW_PLAINTEXT", "true"), "--bind=0.0.0.0", "--allow-plaintext"))
                .isNotNull();
        assertThat(config(Map.of("JETON_ALLOW_PLAINTEXT", "true"), "--bind=0.0.0.0"))
                .isNotNull();
    }

    @Test
    void refusesAFlagThatIsNeitherTrueNorFalse() {
        assertThat(errors(Map.of("JETON_NO_REFLECTION", "maybe")))
                .containsExactly("JETON_NO_REFLECTION maybe: 'maybe' is not a boolean");
        assertThat(config(Map.of("JETON_NO_REFLECTION", "true")).server().reflection())
                .isFalse();
        assertThat(config(Map.of("JETON_NO_REFLECTION", "false")).server().reflection())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls-crt=x", "--secret-kye-file=x", "--db-password=x"})
    void refusesUnknownOptions(String option) {
        assertThat(errors(Map.of(), option))
                .singleElement()
                .asString()
                .startsWith("Unknown option or command " + option.replace("=x", ""));
    }

    /** Every name as the value of every option, in both forms, before and after another option. */
    @Test
    void aCommandsNameIsAValueWhereAnOptionTakesOne() {
        // One for all, because reading its annotations takes far longer than parsing.
        CommandLine commandLine = Jeton.commandLine(NO_VARIABLES);
        List<String> names = Commands.names(commandLine).toList();
        List<OptionSpec> options = commandLine.getCommandSpec().options().stream()
                .filter(option -> option.arity().min() > 0)
                .toList();

        assertThat(names).contains("audit", "verify", "operator-token");
        assertThat(options).hasSizeGreaterThan(20);
        for (OptionSpec option : options) {
            for (String name : names) {
                for (List<String> given :
                        List.of(List.of(option.longestName(), name), List.of(option.longestName() + "=" + name))) {
                    List<String> before = new ArrayList<>(given);
                    before.add("--no-reflection");
                    List<String> after = new ArrayList<>(List.of("--no-reflection"));
                    after.addAll(given);
                    assertThat(Stream.of(before, after)).allSatisfy(arguments -> {
                        ParseResult parsed = commandLine.parseArgs(
                                NO_VARIABLES.complete(commandLine, arguments.toArray(String[]::new)));
                        assertThat(parsed.hasSubcommand()).isFalse();
                        assertThat(parsed.errors())
                                .allMatch(error -> error.getCause() instanceof TypeConversionException);
                    });
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"--db-user,audit", "--db-user=audit,"})
    void readsTheEnvironmentNextToAValueThatNamesACommand(String option, @Nullable String value) {
        String[] user = value == null ? new String[] {option} : new String[] {option, value};

        Config config = config(Map.of("JETON_DB_URL", "jdbc:postgresql://db/jeton", "JETON_PORT", "7"), user);

        assertThat(login(config).user()).isEqualTo("audit");
        assertThat(config.server().port()).isEqualTo(7);
    }

    @Test
    void readsTheOptionsOfASubcommandFromTheEnvironment() {
        ParseResult parsed = parse(Map.of("JETON_DATA_DIR", "audit"), "audit", "verify", "--checkpoint=verify");

        assertThat(parsed.subcommand().subcommand().<Path>matchedOptionValue("--data-dir", null))
                .isEqualTo(Path.of("audit"));
    }

    /** They would set an option of the server, and the subcommand would use its default. */
    @Test
    void refusesOptionsBeforeASubcommand() {
        assertThat(CommandRun.of("--data-dir=elsewhere", "operator-token"))
                .isEqualTo(new CommandRun(
                        2, "", "--data-dir must come after operator-token\nRun with --help to list all options."));
        assertThat(CommandRun.of("--no-reflection", "audit", "verify").log())
                .startsWith("--no-reflection must come after audit\n");
    }

    @Test
    void saysThatAnOptionBelongsToAnotherCommand() {
        assertThat(CommandRun.of("operator-token", "--port=1").log())
                .startsWith("--port is not an option of \"jeton operator-token\"\n");
        assertThat(CommandRun.of("operator-token", "audit").log())
                .startsWith("audit is not a command of \"jeton operator-token\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--data-dir", "--bind", "--db-user", "--secret-key-file", "--tls-cert"})
    void refusesAnEmptyValue(String option) {
        assertThat(errors(Map.of(), option + "=")).contains(option + " is empty: leave it out or give it a value");
        assertThat(errors(Map.of(), option, "")).contains(option + " is empty: leave it out or give it a value");
    }

    @ParameterizedTest
    @CsvSource({
        "\uFFFD, 'has characters that this process cannot read; set LC_ALL=C.UTF-8, or rename the file'",
        "'a\nb', must not contain line breaks or other control characters"
    })
    void refusesAPathThatItCannotRead(String path, String error) {
        assertThat(errors(Map.of(), "--data-dir=" + path)).containsExactly("--data-dir " + path + ": " + error);
    }

    @Test
    void hashesSecretsWithoutAKeyByDefault() throws Exception {
        assertThat(config(Map.of()).hasher().fingerprints()).isEmpty();
        Path file = keyFile("# the newest", "", "2026-11 " + KEY + " # of November", "\t old-1\t" + OTHER_KEY + "  ");

        SecretHasher hasher =
                config(Map.of("JETON_SECRET_KEY_FILE", file.toString())).hasher();

        assertThat(hasher.fingerprints())
                .extracting(SecretDigest::scheme)
                .containsExactly("hmac-sha256:2026-11", "hmac-sha256:old-1");
        assertThat(hasher.isNewest(hasher.fingerprints().get(0)))
                .as("the first line's key is the newest")
                .isTrue();
    }

    @Test
    void keysBelowNoneOnlyVerify() throws Exception {
        Path file = keyFile("none", "a " + KEY);

        SecretHasher hasher =
                config(Map.of("JETON_SECRET_KEY_FILE", file.toString())).hasher();

        assertThat(hasher.isNewest(hasher.fingerprints().get(0))).isFalse();
    }

    @Test
    void reportsAllErrorsOfAKeyFileWithoutShowingKeys() throws Exception {
        Path file = keyFile(
                "a " + KEY,
                "a " + OTHER_KEY,
                "b " + KEY,
                "c " + KEY.substring(0, 40),
                "d " + KEY + " " + KEY,
                KEY,
                "e not-base64",
                "F " + OTHER_KEY,
                "g " + "A".repeat(43) + "=",
                "none");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        String error = "--secret-key-file " + file + ": ";

        List<String> errors = errors(Map.of(), "--use-interval=61s", "--secret-key-file=" + file);

        assertThat(errors)
                .containsExactly(
                        "--use-interval 61s: must be at most 40s",
                        error + "every user of this machine can access the file; run chmod o-rw on it",
                        error + "line 2: duplicate key ID a",
                        error + "line 3: key b has the same value as key a",
                        error + "line 4: key c has 30 bytes but must have at least 32",
                        error + "line 5: must be KEYID BASE64",
                        error + "line 6: must be KEYID BASE64",
                        error + "line 7: the key is not valid Base64; create one with openssl rand -base64 32",
                        error + "line 8: a key's id must be 1 to 32 characters of a-z, 0-9 and -",
                        error + "line 9: key g is a text or a pattern but must be random bytes",
                        error + "line 10: none must come before all keys");
        assertThat(errors.toString()).doesNotContain(KEY.substring(0, 12), OTHER_KEY.substring(0, 12));
    }

    @Test
    void refusesAKeyFileThatIsMissingOrEmpty() throws Exception {
        Path empty = keyFile("# no key yet", "");

        assertThat(errors(Map.of("JETON_SECRET_KEY_FILE", empty.toString())))
                .containsExactly(
                        "--secret-key-file " + empty + ": contains no key; add lines of the form KEYID BASE64");
        Path none = keyFile("none # for now");
        assertThat(errors(Map.of("JETON_SECRET_KEY_FILE", none.toString())))
                .containsExactly("--secret-key-file " + none + ": contains no key; add lines of the form KEYID BASE64");
        assertThat(errors(Map.of("JETON_SECRET_KEY_FILE", empty + "2")))
                .containsExactly("--secret-key-file " + empty + "2: no such file");
    }

    @Test
    void refusesTheKeysOfTheDocumentation() throws Exception {
        Pattern line = Pattern.compile("^[a-z0-9-]+ [A-Za-z0-9+/]{40,}=*( *#.*)?$");
        List<String> samples = Files.readAllLines(Path.of("..", "docs", "operations", "secret-keys.md")).stream()
                .filter(text -> line.matcher(text).matches())
                .toList();
        Path file = keyFile(samples.toArray(String[]::new));

        assertThat(samples).hasSize(2);
        assertThat(errors(Map.of("JETON_SECRET_KEY_FILE", file.toString())))
                .hasSize(2)
                .allMatch(error -> error.endsWith("is a text or a pattern but must be random bytes"));
    }

    @Test
    void allowsOtherAddressesWithTls() {
        String nowhere = directory.resolve("nowhere").toString();

        assertThat(errors(Map.of("JETON_TLS_CERT", nowhere, "JETON_TLS_KEY", nowhere), "--bind=0.0.0.0"))
                .containsExactly("--tls-cert " + nowhere + ": no such file", "--tls-key " + nowhere + ": no such file");
    }

    @Test
    void requiresBothCertificateAndKey() {
        String rest = " is missing: --tls-cert and --tls-key go together, and --tls-client-ca requires both";

        assertThat(errors(Map.of(), "--tls-key=x")).containsExactly("--tls-cert" + rest);
        assertThat(errors(Map.of(), "--tls-client-ca=x")).containsExactly("--tls-cert" + rest);
        assertThat(errors(Map.of(), "--tls-cert=x", "--tls-client-ca=x")).containsExactly("--tls-key" + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/jeton?password=hunter2",
                "jdbc:postgresql://db/jeton?ssl=true&PASSWORD=hunter2",
                "jdbc:postgresql://jeton:hunter2@db/jeton"
            })
    void refusesAPasswordInTheUrl(String url) {
        assertThat(errors(Map.of(), "--db-url", url, "--db-user=jeton"))
                .containsExactly(
                        "--db-url must not contain a user or password: use --db-user and --db-password-file or JETON_DB_PASSWORD");
    }

    @Test
    void requiresAUserForAnExternalDatabase() {
        assertThat(errors(Map.of(), "--db-url=postgres://db/jeton"))
                .containsExactlyInAnyOrder(
                        "--db-url must begin with jdbc:postgresql:, for example jdbc:postgresql://db.example.com/jeton",
                        "--db-url requires --db-user");
    }

    @Test
    void readsThePasswordFromTheFirstLineOfAFile() throws Exception {
        Path file = passwordFile("hunter 2\nignored\n", "rw-r-----");

        Config config = config(Map.of("JETON_DB_PASSWORD_FILE", file.toString()), EXTERNAL);

        assertThat(login(config).password()).isEqualTo("hunter 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter 2", "hunter 2\n", "hunter 2\r\n", "hunter 2\r"})
    void readsThePasswordWithoutItsLineEnd(String text) throws Exception {
        Path file = passwordFile(text, "rw-------");

        assertThat(login(config(Map.of("JETON_DB_PASSWORD", text), EXTERNAL)).password())
                .isEqualTo("hunter 2");
        assertThat(login(config(Map.of("JETON_DB_PASSWORD_FILE", file + "\n"), EXTERNAL))
                        .password())
                .isEqualTo("hunter 2");
    }

    @Test
    void trimsNothingButOneLineEnd() {
        assertThat(login(config(Map.of("JETON_DB_PASSWORD", " hunter2 \n\n"), EXTERNAL))
                        .password())
                .isEqualTo(" hunter2 \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw-rw-rw-"})
    void refusesAPasswordFileThatEveryUserCanAccess(String permissions) throws Exception {
        Path file = passwordFile("hunter2\n", permissions);

        assertThat(errors(Map.of("JETON_DB_PASSWORD_FILE", file.toString()), EXTERNAL))
                .containsExactly("--db-password-file " + file
                        + ": every user of this machine can access the file; run chmod o-rw on it");
    }

    /** A shell passes the output of a command as a pipe, which can be read only once. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsSecretsFromPipes() throws Exception {
        Path password = pipe("password", "hunter2\n");
        Path keys = pipe("keys", "a " + KEY + "\n");

        Config config = config(
                Map.of("JETON_DB_PASSWORD_FILE", password.toString(), "JETON_SECRET_KEY_FILE", keys.toString()),
                EXTERNAL);

        assertThat(login(config).password()).isEqualTo("hunter2");
        assertThat(config.hasher().fingerprints()).hasSize(1);
    }

    @Test
    void doesNotPrintThePassword() {
        Config config = config(Map.of("JETON_DB_PASSWORD", "hunter2"), EXTERNAL);

        assertThat(config.toString()).contains("jdbc:postgresql://db/jeton").doesNotContain("hunter2");
    }

    @Test
    void refusesAPasswordFileThatIsEmptyOrMissingOrASecondPassword() throws Exception {
        String empty = passwordFile("", "rw-------").toString();

        assertThat(errors(Map.of("JETON_DB_PASSWORD", "x", "JETON_DB_PASSWORD_FILE", empty), EXTERNAL))
                .containsExactlyInAnyOrder(
                        "--db-password-file and JETON_DB_PASSWORD are both set: remove one",
                        "--db-password-file " + empty + ": the first line is empty; write the password there");
        assertThat(errors(Map.of("JETON_DB_PASSWORD_FILE", empty + "2"), EXTERNAL))
                .containsExactly("--db-password-file " + empty + "2: no such file");
        assertThat(errors(Map.of("JETON_DB_PASSWORD_FILE", directory.toString()), EXTERNAL))
                .containsExactly("--db-password-file " + directory + ": cannot be read: Is a directory");
        Path binary = Files.write(Path.of(empty), new byte[] {(byte) 0xFF});
        assertThat(errors(Map.of("JETON_DB_PASSWORD_FILE", empty), EXTERNAL))
                .containsExactly("--db-password-file " + binary + ": cannot be read: not UTF-8 text");
    }

    @Test
    void helpShowsDefaultAndVariableOfEveryOption() {
        CommandLine commandLine = Jeton.commandLine(new Environment(Map.of()));
        String help = commandLine.setUsageHelpWidth(400).getUsageMessage();

        assertThat(commandLine.getCommandSpec().options())
                .hasSizeGreaterThan(20)
                .allSatisfy(option -> {
                    if (!option.usageHelp() && !option.versionHelp()) {
                        String variable = "JETON_"
                                + option.longestName()
                                        .substring(2)
                                        .toUpperCase()
                                        .replace('-', '_');
                        assertThat(help)
                                .containsPattern(Pattern.quote(option.longestName()) + "\\b[^\\[]*\\[[^\\]]*\\b"
                                        + variable + "]");
                    }
                });
        assertThat(help).contains("[default 50051; JETON_PORT]").contains("JETON_DB_PASSWORD");
    }

    @Test
    void theTableOfLimitsHasTheDefaults() throws Exception {
        CommandLine commandLine = Jeton.commandLine(new Environment(Map.of()));
        Pattern row = Pattern.compile("\\| `(--[a-z-]+)` \\| ([0-9]+[A-Za-z]*) \\|.*");
        Map<String, String> table = Files.readAllLines(Path.of("..", "docs", "operations", "limits.md")).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(limit -> limit.group(1), limit -> limit.group(2)));

        assertThat(table).hasSize(23).allSatisfy((option, value) -> assertThat(
                        commandLine.getCommandSpec().findOption(option).defaultValue())
                .isEqualTo(value));
    }

    private static Config config(Map<String, String> variables, String... arguments) {
        return parse(variables, arguments)
                .commandSpec()
                .commandLine()
                .<Jeton>getCommand()
                .config();
    }

    private static ParseResult parse(Map<String, String> variables, String... arguments) {
        Environment environment = new Environment(variables);
        CommandLine commandLine = Jeton.commandLine(environment);
        return commandLine.parseArgs(environment.complete(commandLine, arguments));
    }

    private static List<String> errors(Map<String, String> variables, String... arguments) {
        return catchThrowableOfType(InvalidConfig.class, () -> config(variables, arguments))
                .errors();
    }

    private Path keyFile(String... lines) throws IOException {
        Path file = Files.write(directory.resolve("keys"), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private Path passwordFile(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Path pipe(String name, String text) throws Exception {
        Path pipe = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        return pipe;
    }

    private static Login login(Config config) {
        return ((Storage.External) config.storage()).login();
    }
}
