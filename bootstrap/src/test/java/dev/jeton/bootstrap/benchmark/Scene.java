package dev.jeton.bootstrap.benchmark;

import dev.jeton.bootstrap.benchmark.Loads.Measured;
import dev.jeton.bootstrap.benchmark.load.Expectation;
import dev.jeton.bootstrap.benchmark.load.LoadPlan;
import dev.jeton.bootstrap.benchmark.reference.EchoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that a run of the benchmark has going: the server on a data directory of its own, the echo server, and what is in the
 * database. Closing it leaves no process and no file. Not thread-safe.
 */
final class Scene implements AutoCloseable {
    static final String VERIFY = "/jeton.v1.VerificationService/VerifyToken";
    static final Expectation ALLOWED = Expectation.beginning("0801");

    private static final int CONNECTIONS = 8;
    private static final int STREAMS = 16;
    private static final double TOUCH_WITHIN_SECONDS = 600;

    private final Form form;
    private final Path directory;
    private final JavaProcess echo;
    private final int echoPort;
    private JetonServer server;
    private final String gateway;
    private int files;

    private Scene(Form form, Path directory, JavaProcess echo, JetonServer server) {
        this.form = form;
        this.directory = directory;
        this.echo = echo;
        this.server = server;
        String address = echo.await(EchoServer.SERVING);
        echoPort = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        gateway = new Directory(server).gateway();
    }

    static Scene set(Form form) throws IOException {
        Path directory = Files.createTempDirectory("jeton-benchmark");
        JetonServer server = JetonServer.start(directory.resolve("data"), List.of());
        Progress.say(
                "the first start, with the making of the database, took %d ms",
                server.startTime().toMillis());
        return new Scene(form, directory, JavaProcess.start(EchoServer.class, List.of(), List.of()), server);
    }

    Form form() {
        return form;
    }

    JetonServer server() {
        return server;
    }

    /** Stops the server and starts it anew on the same data. */
    void restart(List<String> jvmOptions, String... options) {
        server.close();
        server = JetonServer.start(directory.resolve("data"), jvmOptions, options);
    }

    Path newFile() {
        return directory.resolve("messages-" + files++);
    }

    /** Makes tokens, directly in the database. */
    void fill(Population population, int from, int to) {
        Progress.say(
                "filling in %,d tokens in %,d tenants",
                to - from, population.owners().size());
        new TokenFill(server.database()).add(population, from, to);
    }

    /** Requests for these tokens of a population. */
    Path requests(Population population, IntStream numbers) {
        return VerifyMessages.write(newFile(), population, numbers);
    }

    /** Verifies each of the messages' tokens once, so that whatever the server keeps of them it has. */
    Measured touch(Path messages) {
        return measure(verifying(messages, true, CONNECTIONS, STREAMS, 0, 0, TOUCH_WITHIN_SECONDS));
    }

    /** A load of 128 calls in flight. */
    Measured verify(Path messages) {
        return measure(verifying(messages, false, CONNECTIONS, STREAMS, 0, form.warmUpSeconds(), form.seconds()));
    }

    Measured verifyOneByOne(Path messages) {
        return measure(verifying(messages, false, 1, 1, 0, form.warmUpSeconds() / 2, form.seconds() / 2));
    }

    Measured echo(Path messages) {
        return measureEcho(messages, CONNECTIONS, STREAMS, form.warmUpSeconds(), form.seconds());
    }

    Measured echoOneByOne(Path messages) {
        return measureEcho(messages, 1, 1, form.warmUpSeconds() / 2, form.seconds() / 2);
    }

    private LoadPlan verifying(
            Path messages, boolean once, int connections, int streams, double rate, double warmUp, double seconds) {
        return new LoadPlan(
                server.port(),
                VERIFY,
                List.of(gateway),
                messages,
                List.of(ALLOWED),
                once,
                connections,
                streams,
                warmUp,
                seconds,
                rate);
    }

    private Measured measure(LoadPlan plan) {
        return tell("jeton", Loads.run(plan, List.of(List.of(server.process()), server.postgres())));
    }

    private Measured measureEcho(Path messages, int connections, int streams, double warmUp, double seconds) {
        LoadPlan plan = new LoadPlan(
                echoPort,
                EchoServer.PATH,
                List.of(gateway),
                messages,
                List.of(Expectation.echo()),
                false,
                connections,
                streams,
                warmUp,
                seconds,
                0);
        return tell("echo", Loads.run(plan, List.of(List.of(echo.handle()))));
    }

    private static Measured tell(String who, Measured measured) {
        Progress.say("%s: %s", who, measured);
        return measured;
    }

    @Override
    public void close() throws IOException {
        echo.close();
        server.close();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
