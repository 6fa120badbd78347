package dev.jeton.benchmark;

import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.reference.EchoServer;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JavaProcess;
import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shared by the measurements of a run: the server, the echo server, their directory, the tokens, the loads and the table of results. Closing it
 * leaves no processes or files. Not thread-safe.
 */
final class TestBed implements AutoCloseable {
    private final Path directory;
    private final JavaProcess echo;
    private final int echoPort;
    private final Scale scale;
    private final ResultTable table = new ResultTable();
    private final BenchmarkTokens tokens;
    private final VerifyLoads loads;
    private JetonProcess server;

    private TestBed(Scale scale, Path directory, JavaProcess echo, JetonProcess server) {
        this.scale = scale;
        this.directory = directory;
        this.echo = echo;
        this.server = server;
        Runtime.getRuntime().addShutdownHook(new Thread(this::clear));
        echoPort = Integer.parseInt(echo.await(EchoServer.SERVING));
        tokens = new BenchmarkTokens(this);
        loads = new VerifyLoads(this, api().gateway());
    }

    static TestBed start(Scale scale) throws IOException {
        JavaProcess echo = JavaProcess.start(EchoServer.class, List.of());
        Path directory = Files.createTempDirectory("jeton-benchmark");
        try {
            return new TestBed(scale, directory, echo, JetonProcess.start(directory.resolve("data")));
        } catch (AssertionError e) {
            FileTree.delete(directory);
            throw e;
        }
    }

    Scale scale() {
        return scale;
    }

    ResultTable table() {
        return table;
    }

    BenchmarkTokens tokens() {
        return tokens;
    }

    VerifyLoads loads() {
        return loads;
    }

    JetonProcess server() {
        return server;
    }

    /** The server's API, as the operator. */
    Api api() {
        return new Api(server.asOperator());
    }

    int echoPort() {
        return echoPort;
    }

    /** The server's data directory. */
    Path data() {
        return file("data");
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Restarts the server on the same data. */
    void restart(List<String> jvmOptions, String... options) {
        server.close();
        server = JetonProcess.start(jvmOptions, data(), options);
    }

    /** Puts a load on the server. */
    Measured load(LoadPlan plan) {
        return LoadProcess.run(plan, server.handle(), server.postgres());
    }

    /** Returns the processor time used while {@code measurement} runs, its own threads included. */
    CoreUse use(Runnable measurement) {
        CoreUse.Times before = CoreUse.Times.of(server.handle(), server.postgres());
        measurement.run();
        return CoreUse.between(before, CoreUse.Times.of(server.handle(), server.postgres()));
    }

    /** Puts a load on the echo server. */
    Measured loadEcho(LoadPlan plan) {
        return LoadProcess.run(plan, echo.handle(), Optional.empty());
    }

    @Override
    public void close() {
        clear();
    }

    /** Also called when the benchmark is interrupted, which fails the current measurement. */
    private synchronized void clear() {
        echo.close();
        server.close();
        try {
            if (Files.exists(directory)) {
                FileTree.delete(directory);
            }
        } catch (IOException e) {
            Progress.say("could not delete %s: %s", directory, e);
        }
    }
}
