package dev.jeton.benchmark;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.reference.EchoServer;
import dev.jeton.bootstrap.support.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run of the benchmark has going: the server, the echo server, and a directory for both and for whatever loads need. Closing it
 * leaves no process and no file. Not thread-safe.
 */
final class Scene implements AutoCloseable {
    private final Path directory;
    private final JavaProcess echo;
    private final int echoPort;
    private JetonServer server;

    private Scene(Path directory, JavaProcess echo, JetonServer server) {
        this.directory = directory;
        this.echo = echo;
        this.server = server;
        echoPort = Integer.parseInt(echo.await(EchoServer.SERVING));
        Runtime.getRuntime().addShutdownHook(new Thread(this::clear));
    }

    static Scene set() throws IOException {
        Path directory = Files.createTempDirectory("jeton-benchmark");
        JavaProcess echo = JavaProcess.start(EchoServer.class, List.of(), List.of());
        try {
            return new Scene(directory, echo, JetonServer.start(directory.resolve("data"), List.of()));
        } catch (RuntimeException e) {
            echo.close();
            FileTree.delete(directory);
            throw e;
        }
    }

    JetonServer server() {
        return server;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Stops the server and starts it anew on the same data. */
    void restart(List<String> jvmOptions, String... options) {
        server.close();
        server = JetonServer.start(data(), jvmOptions, options);
    }

    /** Puts a load on the server. */
    Measured load(LoadPlan plan) {
        return Loads.run(plan, server.process(), server.postgres());
    }

    /** Puts a load on the echo server. */
    Measured loadEcho(LoadPlan plan) {
        return Loads.run(plan, echo.handle(), Optional.empty());
    }

    int echoPort() {
        return echoPort;
    }

    @Override
    public void close() {
        clear();
    }

    /** Also when the benchmark is told to end: then whoever measures finds that its server is gone. */
    private synchronized void clear() {
        echo.close();
        server.close();
        try {
            if (Files.exists(directory)) {
                FileTree.delete(directory);
            }
        } catch (IOException e) {
            Progress.say("%s is left behind: %s", directory, e);
        }
    }
}
