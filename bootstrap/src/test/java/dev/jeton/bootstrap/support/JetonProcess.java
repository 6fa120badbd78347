package dev.jeton.bootstrap.support;

import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.bootstrap.support.reply.ReplyGuard;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server in its own process, on a free port and without a warm-up unless the options say otherwise. Closing it leaves no process behind. Thread-safe.
 */
public final class JetonProcess implements AutoCloseable {
    /** The build directory. Tests run in their module's directory, programs at the root of the repository. */
    public static final Path TARGET =
            Files.isDirectory(Path.of("bootstrap")) ? Path.of("bootstrap", "target") : Path.of("target");

    public static final Path JAR = TARGET.resolve("jeton.jar");

    private static final Path CLASS_ARCHIVE = TARGET.resolve("jeton.jsa");
    private static final ReplyGuard GUARD = ReplyGuard.OF_ALL_TESTS;
    private static final String SERVING = "Jeton is serving on ";

    /** Beside other tests, a statement may take seconds. In the other forms servers have the limits that users have. */
    static final Map<String, String> PATIENCE =
            System.getProperty("jeton.form", "long").equals("smoke")
                    ? Map.of(
                            "JETON_DB_CONNECT_TIMEOUT", "20s",
                            "JETON_DB_SOCKET_TIMEOUT", "20s",
                            "JETON_DB_STATEMENT_TIMEOUT", "20s",
                            "JETON_DB_POOL_WAIT", "20s",
                            "JETON_DB_LOOKUP_TIMEOUT", "20s")
                    : Map.of();

    /** Servers that live for seconds run without the optimizing compiler. In the long form they run as users run them. */
    private static final boolean SHORT_LIVED =
            !System.getProperty("jeton.form", "long").equals("long");

    private final Path dataDirectory;
    private final JavaProcess process;
    private final long began = System.nanoTime();
    private volatile String address = "";
    private volatile Duration startTime = Duration.ZERO;
    private @Nullable ManagedChannel channel;
    private volatile boolean killed;

    private JetonProcess(Path dataDirectory, JavaProcess process) {
        this.dataDirectory = dataDirectory;
        this.process = process;
    }

    /** Starts a server and returns when it is ready. */
    public static JetonProcess start(Path dataDirectory, String... options) {
        return start(List.of(), dataDirectory, options);
    }

    /** Starts a server with these JVM options and returns when it is ready. */
    public static JetonProcess start(List<String> jvmOptions, Path dataDirectory, String... options) {
        return start(PATIENCE, jvmOptions, dataDirectory, options);
    }

    static JetonProcess start(
            Map<String, String> environment, List<String> jvmOptions, Path dataDirectory, String... options) {
        List<String> program = new ArrayList<>(jvmOptions);
        program.addAll(List.of("-jar", JAR.toString()));
        return launch(
                        dataDirectory,
                        environment,
                        program,
                        serve(dataDirectory, options),
                        GUARD::checkOutput,
                        GUARD::checkLog)
                .awaitServing();
    }

    /**
     * Starts a test class with the server's options in place of the server. {@link ReplyGuard} does not check its output, since it may be
     * broken on purpose.
     */
    static JetonProcess startInstead(
            Map<String, String> environment, Class<?> program, Path dataDirectory, String... options) {
        String classPath = JAR + File.pathSeparator + TARGET.resolve("test-classes");
        List<String> java = List.of("-cp", classPath, program.getName());
        return launch(dataDirectory, environment, java, serve(dataDirectory, options), line -> {}, line -> {})
                .awaitServing();
    }

    /** Starts a server whose clock is wrong, and returns when it is ready. */
    public static JetonProcess start(Faketime clock, Path dataDirectory, String... options) {
        List<String> java = new ArrayList<>(List.of("-jar", JAR.toString()));
        java.addAll(serve(dataDirectory, options));
        return new JetonProcess(
                        dataDirectory,
                        JavaProcess.start(java, clock.environment(), GUARD::checkOutput, GUARD::checkLog))
                .awaitServing();
    }

    /** Runs the program with these arguments. */
    public static JetonProcess run(Path dataDirectory, String... arguments) {
        List<String> java = List.of("-jar", JAR.toString());
        return launch(dataDirectory, Map.of(), java, List.of(arguments), GUARD::checkOutput, GUARD::checkLog);
    }

    private static List<String> serve(Path dataDirectory, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--data-dir=" + dataDirectory));
        arguments.addAll(List.of(options));
        Stream.of("--port=", "--warm-up=")
                .filter(name -> arguments.stream().noneMatch(argument -> argument.startsWith(name)))
                .forEach(name -> arguments.add(name + "0"));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--db-url="))) {
            PreparedData.in(dataDirectory);
        }
        return arguments;
    }

    private static JetonProcess launch(
            Path dataDirectory,
            Map<String, String> environment,
            List<String> program,
            List<String> arguments,
            Consumer<String> onOutput,
            Consumer<String> onLog) {
        List<String> java = new ArrayList<>(jvmOptions());
        java.addAll(program);
        java.addAll(arguments);
        return new JetonProcess(dataDirectory, JavaProcess.start(java, environment, onOutput, onLog));
    }

    /** The JVM options of packaged servers that a test starts by itself. */
    public static List<String> jvmOptions() {
        return SHORT_LIVED
                ? List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:SharedArchiveFile=" + classArchive().toAbsolutePath())
                : List.of();
    }

    /** Creates a class-data archive on first use; it halves the time of a start and of the first calls. */
    private static synchronized Path classArchive() {
        try (FileChannel lockFile = FileChannel.open(
                        TARGET.resolve("jeton.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lockFile.lock()) {
            if (!Files.exists(CLASS_ARCHIVE)
                    || Files.getLastModifiedTime(CLASS_ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                Path data = Files.createTempDirectory("jeton-class-archive");
                List<String> java =
                        new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + CLASS_ARCHIVE, "-jar", JAR.toString()));
                java.addAll(serve(data));
                try (JetonProcess trained = new JetonProcess(data, JavaProcess.start(java)).awaitServing()) {
                    makeFrequentCalls(new Api(trained.asOperator()));
                    trained.terminate();
                }
                FileTree.delete(data);
            }
            return CLASS_ARCHIVE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the calls that most tests make. */
    private static void makeFrequentCalls(Api api) {
        Tenant tenant = api.tenant(TokenPolicy.getDefaultInstance());
        User user = api.user(tenant.getId());
        api.workload(tenant.getId());
        CreateTokenResponse created = api.create(Api.newToken(user, "trains"));
        String id = created.getToken().getId();
        api.verdict(Api.use(created));
        api.cancel(id);
        api.reactivate(id);
        api.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId()));
        api.delete(id);
    }

    private JetonProcess awaitServing() {
        try {
            address = process.await(SERVING);
            startTime = Duration.ofNanos(System.nanoTime() - began);
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** Its address, as {@code host:port}. */
    public String address() {
        return address;
    }

    public int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** From the start of its process until it was ready. */
    public Duration startTime() {
        return startTime;
    }

    /** The secret that the first start saved in the data directory. */
    public String operatorToken() {
        return firstLine(dataDirectory.resolve("operator-token"));
    }

    /** A channel for stubs whose calls present this token; closed with the server. */
    public Channel as(String token) {
        return GuardedChannel.as(channel(), token);
    }

    /** A channel for stubs whose calls present the first operator's token. */
    public Channel asOperator() {
        return as(operatorToken());
    }

    /** A channel for stubs whose calls present no token. */
    public synchronized ManagedChannel channel() {
        if (channel == null) {
            channel = GuardedChannel.to(address());
        }
        return channel;
    }

    /** The lines on its standard output so far. */
    public String output() {
        return process.output();
    }

    /** The lines of its log so far. */
    public String log() {
        return process.log();
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    /** Sends SIGKILL to the server and waits until it is dead. Its PostgreSQL keeps running. */
    public void kill9() {
        closeChannel();
        killed = true;
        process.kill();
    }

    /** Stops the server with SIGTERM, waits and returns its exit status. */
    public int terminate() {
        closeChannel();
        return process.terminate();
    }

    /** Waits until the program exits by itself. */
    public int exitStatus() {
        return process.exitStatus();
    }

    /** Stops the server, and the PostgreSQL of one that was killed. */
    @Override
    public void close() {
        closeChannel();
        process.close();
        if (killed) {
            postgres().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** A login to its embedded database. */
    public Login database() {
        return EmbeddedDatabase.running(DataDirectory.open(dataDirectory))
                .orElseThrow(() -> new IllegalStateException("No PostgreSQL runs in " + dataDirectory))
                .login();
    }

    /** The postmaster of its embedded PostgreSQL, if one is running. */
    public Optional<ProcessHandle> postgres() {
        return postgres(dataDirectory);
    }

    /** The postmaster on this data directory, if one is running. */
    public static Optional<ProcessHandle> postgres(Path dataDirectory) {
        try {
            return Stream.of(Store.processes(dataDirectory)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void closeChannel() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
