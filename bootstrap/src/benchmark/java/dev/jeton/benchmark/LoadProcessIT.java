package dev.jeton.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.LoadPlan.Traffic;
import dev.jeton.benchmark.load.Messages;
import dev.jeton.benchmark.reference.EchoServer;
import dev.jeton.bootstrap.support.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load generator and the echo server, in separate processes. */
class LoadProcessIT {
    @TempDir
    private static Path directory;

    private static JavaProcess echo;
    private static int port;
    private static Path messages;

    @BeforeAll
    static void startEcho() throws IOException {
        echo = JavaProcess.start(EchoServer.class, List.of());
        port = Integer.parseInt(echo.await(EchoServer.SERVING));
        messages = directory.resolve("messages");
        try (Messages.Writer writer = new Messages.Writer(messages)) {
            writer.add(new byte[] {1, 2, 3}, 0);
            writer.add(new byte[] {1, 2, 4}, 0);
        }
    }

    @AfterAll
    static void stopEcho() {
        echo.close();
    }

    @Test
    void measuresTheEchoForASecond() {
        Measured measured = LoadProcess.run(plan(Expectation.echo()), echo.handle(), Optional.empty());

        assertThat(measured.report().right()).isPositive();
        assertThat(measured.report().seconds()).isBetween(0.9, 10.0);
        assertThat(measured.cores().load()).isPositive();
        assertThat(measured.cores().server()).isPositive();
    }

    @Test
    void acceptsAnyExpectedPrefix() {
        Measured measured =
                LoadProcess.run(plan(Expectation.beginning("010203", "0102")), echo.handle(), Optional.empty());

        assertThat(measured.report().right()).isPositive();
    }

    @Test
    void failsOnWrongAnswers() {
        assertThatThrownBy(
                        () -> LoadProcess.run(plan(Expectation.beginning("010203")), echo.handle(), Optional.empty()))
                .hasMessageContaining("Not every answer was as expected");
    }

    private static LoadPlan plan(Expectation expectation) {
        return new LoadPlan(
                port,
                EchoServer.PATH,
                List.of(),
                messages.toString(),
                List.of(expectation),
                Traffic.inFlight(2, 4, 0.2, 1));
    }
}
