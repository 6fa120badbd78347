package dev.jeton.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jeton.bootstrap.docs.Page.Block;
import dev.jeton.bootstrap.docs.Page.Example;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every block marked {@code sh} of every page, in order, in a directory that looks like a built checkout, against the server that the
 * README starts or the one that the page itself starts. A block must print what the page shows below it ({@link ShownOutput}), or succeed and
 * print nothing if the page shows nothing. {@code mvn} is a no-op, because this build has already run it. Pages that use openssl are skipped
 * where it is not installed.
 */
class DocsIT {
    private static final String DOCUMENTED_PORT = ":50051";

    /** Why blocks marked {@code console} are not run, by page and number. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "docs/operations/database.md 1", "needs a database on another machine",
            "docs/operations/install.md 1", "uses a directory outside the build",
            "docs/operations/install.md 2", "takes two more starts; P7 of the benchmark does the same",
            "docs/performance.md 1", "the benchmark takes minutes",
            "docs/performance.md 2", "the benchmark takes minutes");

    @TempDir
    private static Path directory;

    private static Path checkout;
    private static Path scripts;
    private static GrpcurlStandIn grpcurl;
    private static @Nullable ServerBlock server;

    @BeforeAll
    static void prepare() throws IOException {
        checkout = Files.createDirectories(directory.resolve("checkout"));
        scripts = Files.createDirectories(directory.resolve("scripts"));
        Files.createSymbolicLink(checkout.resolve("docs"), Page.ROOT.resolve("docs"));
        Path target = Files.createDirectories(checkout.resolve("bootstrap").resolve("target"));
        Files.createSymbolicLink(
                target.resolve("jeton.jar"),
                JetonProcess.TARGET.resolve("jeton.jar").toAbsolutePath());
        PreparedData.in(checkout.resolve("jeton-data"));
        for (String program : List.of("grpcurl", "java", "mvn")) {
            Path file = scripts.resolve(program);
            try (InputStream script = Objects.requireNonNull(DocsIT.class.getResourceAsStream(program))) {
                Files.copy(script, file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        grpcurl = new GrpcurlStandIn(() -> Objects.requireNonNull(server).port());
    }

    @AfterAll
    static void stop() throws Exception {
        stopServer();
        grpcurl.close();
        // These links lead out of the temporary directory.
        Files.delete(checkout.resolve("docs"));
        Files.delete(checkout.resolve("bootstrap").resolve("target").resolve("jeton.jar"));
    }

    @TestFactory
    Stream<DynamicTest> everyShellBlockDoesWhatThePageSays() {
        return Page.all().stream()
                .filter(page -> !page.examples().isEmpty())
                .sorted(Comparator.comparing(DocsIT::startsAnotherServer))
                .map(page -> DynamicTest.dynamicTest(page.toString(), () -> run(page)));
    }

    @Test
    void everyBlockThatIsNotRunHasAReason() {
        Set<String> marked = Page.all().stream()
                .flatMap(page -> IntStream.rangeClosed(1, (int) page.blocks().stream()
                                .filter(block -> block.language().equals("console"))
                                .count())
                        .mapToObj(number -> page + " " + number))
                .collect(Collectors.toSet());

        assertThat(marked).isEqualTo(NOT_RUN.keySet());
    }

    @Test
    void everyBlockHasALanguage() {
        assertThat(Page.all()).allSatisfy(page -> assertThat(page.blocks())
                .extracting(Block::language)
                .isSubsetOf(
                        "sh", "console", "output", "text", "json", "yaml", "sql", "xml", "java", "proto", "mermaid"));
    }

    private static boolean startsAnotherServer(Page page) {
        return !page.path().equals(Path.of("README.md"))
                && page.examples().stream().anyMatch(DocsIT::startsServer);
    }

    private static boolean startsServer(Example example) {
        return example.output() != null && example.output().text().startsWith(ServerBlock.SERVING);
    }

    private static void run(Page page) throws Exception {
        if (page.examples().stream()
                .anyMatch(example -> example.commands().text().contains("openssl "))) {
            assumeThat(isInstalled("openssl")).as("openssl is installed").isTrue();
        }
        if (server == null && !startsServer(page.examples().get(0))) {
            startServer(readmesServer());
        }
        try (Shell shell = new Shell(environment(), scripts)) {
            for (Example example : page.examples()) {
                if (startsServer(example)) {
                    startServer(example);
                } else {
                    check(page, example, shell.run(example.commands().text()));
                }
            }
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static void check(Page page, Example example, Shell.Result result) {
        Optional<String> shown = Optional.ofNullable(example.output()).map(Block::text);
        String where = "%s:%d".formatted(page, example.commands().line());
        if (shown.isEmpty()) {
            assertThat(result.exitStatus()).as("%s%n%s", where, result.output()).isZero();
        }
        assertThat(ShownOutput.matches(shown.orElse(""), result.output()))
                .as("%s%nshows%n%s%nbut prints%n%s", where, shown.orElse("nothing"), result.output())
                .isTrue();
    }

    private static Example readmesServer() {
        return Page.all().get(0).examples().stream()
                .filter(DocsIT::startsServer)
                .findFirst()
                .orElseThrow();
    }

    private static void startServer(Example example) throws Exception {
        stopServer();
        server = ServerBlock.start(environment(), scripts, example.commands().text());
        String documented = server.address().replaceFirst(":\\d+$", DOCUMENTED_PORT);
        assertThat(ServerBlock.SERVING + documented)
                .isEqualTo(Objects.requireNonNull(example.output()).text().strip());
    }

    private static void stopServer() throws Exception {
        grpcurl.disconnect();
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** A reader's shell in the checkout. Servers use a free port, because the documented one may be taken. */
    private static ProcessBuilder environment() {
        ProcessBuilder builder = new ProcessBuilder().directory(checkout.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("JETON_"));
        variables.put("JETON_PORT", "0");
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("PATH", scripts + ":" + variables.get("PATH"));
        variables.put("GRPCURL_STAND_IN_PORT", Integer.toString(grpcurl.port()));
        variables.put(
                "JAVA_OF_TESTS",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return builder;
    }
}
