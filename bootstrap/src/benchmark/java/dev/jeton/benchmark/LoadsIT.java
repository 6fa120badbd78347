package dev.jeton.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.Messages;
import dev.jeton.benchmark.reference.EchoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load generator and the echo server, each in a process of its own. */
class LoadsIT {
    @TempDir
    private static Path directory;

    private static JavaProcess echo;
    private static int port;
    private static Path messages;

    @BeforeAll
    static void startEcho() throws IOException {
        echo = JavaProcess.start(EchoServer.class, List.of(), List.of());
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
        Measured measured = Loads.run(plan(Expectation.echo()), echo.handle(), Optional.empty());

        assertThat(measured.report().right()).isGreaterThan(100);
        assertThat(measured.report().seconds()).isBetween(0.9, 10.0);
        assertThat(measured.shares().load()).isPositive();
        assertThat(measured.shares().server()).isPositive();
    }

    @Test
    void acceptsAnyOfTheBeginningsExpected() {
        Measured measured = Loads.run(plan(Expectation.beginning("010203", "0102")), echo.handle(), Optional.empty());

        assertThat(measured.report().right()).isGreaterThan(100);
    }

    @Test
    void refusesToMeasureWrongAnswers() {
        assertThatThrownBy(() -> Loads.run(plan(Expectation.beginning("010203")), echo.handle(), Optional.empty()))
                .hasMessageContaining("not every answer was right");
    }

    private static LoadPlan plan(Expectation expectation) {
        return LoadPlan.of(port, EchoServer.PATH, List.of(), messages, List.of(expectation))
                .inFlight(2, 4)
                .lasting(0.2, 1);
    }
}
