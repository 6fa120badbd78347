package dev.jeton.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.benchmark.load.LoadPlan.Traffic;
import dev.jeton.benchmark.reference.EchoServer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load generator detects each bad answer, which is every tenth. */
class LoadGeneratorTest {
    private static final String PATH = "/test.Service/Call";
    private static final int CALLS = 1_000;
    private static final int EVERY = 10;
    private static final int CONNECTIONS = 2;
    private static final int STREAMS = 4;
    private static final Traffic EACH_ONCE = Traffic.once(CONNECTIONS, STREAMS, 60);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private Server server;

    /** How the server answers a call. */
    private interface Behaviour {
        void answer(ServerCall<byte[], byte[]> call, byte[] message);
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void countsRightAnswers() throws IOException {
        LoadReport report = load(LoadGeneratorTest::echo);

        assertThat(report.complaint()).isEmpty();
        assertThat(report.allRight()).isTrue();
        assertThat(report.right()).isEqualTo(CALLS);
        assertThat(report.p50Millis()).isPositive().isLessThanOrEqualTo(report.maxMillis());
    }

    @Test
    void countsWrongAnswers() throws IOException {
        LoadReport report = load(everyTenth((call, message) -> reply(call, new byte[] {8, 3}, Status.OK)));

        assertThat(report.wrong()).isEqualTo(CALLS / EVERY);
        assertThat(report.right()).isEqualTo(CALLS - CALLS / EVERY);
        assertThat(report.allRight()).isFalse();
    }

    @Test
    void countsTooLongAnswersAsWrong() throws IOException {
        LoadReport report =
                load(everyTenth((call, message) -> reply(call, (text(message) + "!").getBytes(UTF_8), Status.OK)));

        assertThat(report.wrong()).isEqualTo(CALLS / EVERY);
    }

    @Test
    void countsRefusedCalls() throws IOException {
        LoadReport report = load(everyTenth((call, message) -> call.close(Status.UNAVAILABLE, new Metadata())));

        assertThat(report.refused()).isEqualTo(CALLS / EVERY);
        assertThat(report.right()).isEqualTo(CALLS - CALLS / EVERY);
        assertThat(report.complaint()).contains("status 14");
        assertThat(report.allRight()).isFalse();
    }

    @Test
    void countsCallsRefusedAfterTheRightMessageAsRefused() throws IOException {
        LoadReport report = load(everyTenth((call, message) -> reply(call, message, Status.DATA_LOSS)));

        assertThat(report.refused()).isEqualTo(CALLS / EVERY);
        assertThat(report.wrong()).isZero();
        assertThat(report.complaint()).contains("status 15");
    }

    @Test
    void countsLostAnswers() throws IOException {
        LoadReport report = load(everyTenth((call, message) -> {
            if (!text(message).equals("100")) {
                echo(call, message);
            }
        }));

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.right()).isEqualTo(CALLS - 1);
        assertThat(report.allRight()).isFalse();
    }

    @Test
    void reportsABrokenConnection() throws IOException {
        LoadReport report = load(everyTenth((call, message) -> {
            if (text(message).equals("100")) {
                server.shutdownNow();
            } else {
                echo(call, message);
            }
        }));

        assertThat(report.allRight()).isFalse();
        assertThat(report.complaint()).isNotEmpty();
    }

    @Test
    void readsTheStatusAmongHeadersThatNeverRepeat() throws IOException {
        Metadata.Key<String> key = Metadata.Key.of("call-id", Metadata.ASCII_STRING_MARSHALLER);
        LoadReport report = load((call, message) -> {
            Metadata headers = new Metadata();
            headers.put(key, UUID.randomUUID().toString());
            call.sendHeaders(headers);
            call.sendMessage(message);
            call.close(text(message).endsWith("0") ? Status.UNAVAILABLE : Status.OK, headers);
        });

        assertThat(report.refused()).isEqualTo(CALLS / EVERY);
        assertThat(report.right()).isEqualTo(CALLS - CALLS / EVERY);
        assertThat(report.complaint()).contains("status 14");
    }

    @Test
    void keepsAConstantRate() throws IOException {
        LoadReport report = load(LoadGeneratorTest::echo, EACH_ONCE.atRate(STREAMS, 4 * CALLS));

        assertThat(report.right()).isEqualTo(CALLS);
        assertThat(report.seconds()).isGreaterThan(0.24);
    }

    @Test
    void countsCallsNotSentInTimeAsLost() throws IOException {
        LoadReport report = load(
                (call, message) -> {}, Traffic.once(CONNECTIONS, STREAMS, 0.5).atRate(STREAMS, 1_000));

        assertThat(report.right()).isZero();
        assertThat(report.lost()).isGreaterThan(CONNECTIONS * STREAMS + 100);
    }

    @Test
    void drawsMessagesAtRandomForTheMeasuredTime() throws IOException {
        LoadReport report = load(LoadGeneratorTest::echo, Traffic.inFlight(1, 1, 0.1, 0.5));

        assertThat(report.complaint()).isEmpty();
        assertThat(report.right()).isPositive();
        assertThat(report.seconds()).isGreaterThanOrEqualTo(0.5);
    }

    private LoadReport load(Behaviour behaviour) throws IOException {
        return load(behaviour, EACH_ONCE);
    }

    /** The messages are the numbers from 1 as text. */
    private LoadReport load(Behaviour behaviour, Traffic traffic) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(service(behaviour))
                .build()
                .start();
        Path messages = directory.resolve("messages");
        try (Messages.Writer writer = new Messages.Writer(messages)) {
            for (int number = 1; number <= CALLS; number++) {
                writer.add(Integer.toString(number).getBytes(UTF_8), 0);
            }
        }
        LoadPlan plan = new LoadPlan(
                server.getPort(), PATH, List.of("bearer"), messages.toString(), List.of(Expectation.echo()), traffic);
        Runnable nothing = () -> {};
        return new LoadGenerator(plan, PATIENCE, Messages.read(messages), nothing, nothing).run();
    }

    private static Behaviour everyTenth(Behaviour other) {
        return (call, message) -> {
            if (text(message).endsWith("0")) {
                other.answer(call, message);
            } else {
                echo(call, message);
            }
        };
    }

    private static String text(byte[] message) {
        return new String(message, UTF_8);
    }

    private static void echo(ServerCall<byte[], byte[]> call, byte[] message) {
        reply(call, message, Status.OK);
    }

    private static void reply(ServerCall<byte[], byte[]> call, byte[] message, Status status) {
        call.sendHeaders(new Metadata());
        call.sendMessage(message);
        call.close(status, new Metadata());
    }

    private static ServerServiceDefinition service(Behaviour behaviour) {
        MethodDescriptor<byte[], byte[]> method = EchoServer.method(MethodType.CLIENT_STREAMING, PATH);
        return ServerServiceDefinition.builder("test.Service")
                .addMethod(method, (call, headers) -> {
                    call.request(1);
                    return new ServerCall.Listener<byte[]>() {
                        @Override
                        public void onMessage(byte[] message) {
                            behaviour.answer(call, message);
                        }
                    };
                })
                .build();
    }
}
