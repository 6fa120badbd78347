package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.Dump;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.Verdict;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The only servers of the tests that warm up. */
@Timeout(120)
class WarmUpIT {
    private static final Pattern DONE = Pattern.compile("Warmed up with (\\d+) verifications and (\\d+) changes in ");

    /** So that uses are saved while the server warms up. */
    private static final String OFTEN = "--use-interval=1s";

    @TempDir
    private Path directory;

    @Test
    void exercisesVerificationsAndChangesAndWritesNothing() throws Exception {
        CreateTokenResponse created = firstStart();
        List<String> before;
        try (JetonProcess jeton = JetonProcess.start(directory, OFTEN)) {
            before = rows(jeton);
            assertThat(jeton.log()).doesNotContain("Warm");
        }

        try (JetonProcess jeton = JetonProcess.start(directory, OFTEN, "--warm-up=4s")) {
            Matcher done = DONE.matcher(jeton.log());
            assertThat(done.find()).as(jeton.log()).isTrue();
            assertThat(Integer.parseInt(done.group(1))).isGreaterThan(10);
            assertThat(Integer.parseInt(done.group(2))).isPositive();
            assertThat(jeton.log()).doesNotContain("jtn_");
            assertThat(rows(jeton)).isEqualTo(before);
            assertThat(new Api(jeton.asOperator()).verdict(Api.use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);
        }
    }

    @Test
    void refusesConnectionsMeanwhileAndStopsAtOnce() throws Exception {
        firstStart();
        int port = freePort();
        try (JetonProcess jeton =
                JetonProcess.run(directory, "--data-dir=" + directory, "--port=" + port, "--warm-up=10m")) {
            Awaiting.until(jeton::log, log -> log.contains("Warming up for up to 600 s"));
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(ConnectException.class);
            long asked = System.nanoTime();

            assertThat(jeton.terminate()).isZero();

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(60));
            assertThat(jeton.output()).isEmpty();
            assertThat(jeton.log()).doesNotContain("Warmed up", "ended early", "ERROR", "\tat ");
        }
    }

    /** Nobody waits for it yet. */
    @Test
    void theFirstStartDoesNotWarmUp() {
        try (JetonProcess jeton = JetonProcess.start(directory, "--warm-up=10m")) {
            assertThat(jeton.log()).doesNotContain("Warm");
        }
    }

    private CreateTokenResponse firstStart() {
        try (JetonProcess jeton = JetonProcess.start(directory, OFTEN)) {
            Api operator = new Api(jeton.asOperator());
            String tenantId = operator.tenant(TokenPolicy.getDefaultInstance()).getId();
            CreateTokenResponse created = operator.create(Api.newToken(operator.user(tenantId), "used"));
            assertThat(operator.verdict(Api.use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);
            assertThat(jeton.terminate()).isZero();
            return created;
        }
    }

    /** All rows of all tables, positions, audit events and last-used times among them. */
    private static List<String> rows(JetonProcess jeton) throws Exception {
        return Dump.of(jeton.database()).lines().sorted().toList();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
