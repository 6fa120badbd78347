package dev.jeton.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link target, path, package and class that the pages name exists. */
class ReferencesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)\\s#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern PATH_NAME = Pattern.compile("\\.?[A-Za-z0-9_-]+(/[A-Za-z0-9_.…-]+)+/?");
    private static final Pattern JAVA_NAME =
            Pattern.compile("(?:dev\\.jeton\\.[a-z.]+\\.)?([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.[a-zA-Z]+)?");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
    private static final Pattern TEST_METHOD = Pattern.compile("[a-z]+[A-Z][A-Za-z]{10,}");
    private static final Pattern PACKAGE = Pattern.compile("dev\\.jeton(\\.[a-z0-9]+)*");

    private static final Pattern TEST_CLASS = Pattern.compile("\\b[A-Z]\\w*(?:IT|Test)\\b");

    /** Names that look like Jeton classes but are placeholders or belong to others. */
    private static final Set<String> FOREIGN_NAMES = Set.of(
            "BadRequest",
            "ErrorInfo",
            "PreconditionFailure",
            "QuotaFailure",
            "RequestInfo",
            "RetryInfo",
            "SyncRep",
            "Watch",
            "XIT",
            "XProtos",
            "XTest");

    /** The first directories of paths in the repository; other paths are on other machines. */
    private static final Set<String> TOP =
            Set.of("adapters-grpc", "adapters-jdbi", "application", "bootstrap", "docs", "domain", "proto", ".ci");

    @Test
    void everyRelativeLinkWorks() {
        assertThat(missing(ReferencesTest::brokenLinks)).isEmpty();
    }

    @Test
    void everyPathThatAPageNamesExists() {
        assertThat(missing(ReferencesTest::missingPaths)).isEmpty();
    }

    @Test
    void everyPackageThatAPageNamesExists() throws IOException {
        Set<String> packages = sources()
                .filter(file -> file.getFileName().toString().endsWith(".java"))
                .map(file ->
                        file.getParent().toString().replaceFirst(".*/java/", "").replace('/', '.'))
                .flatMap(ReferencesTest::withParents)
                .collect(Collectors.toSet());
        packages.add("dev.jeton.v1");

        assertThat(missing(page ->
                        codes(page).filter(name -> PACKAGE.matcher(name).matches() && !packages.contains(name))))
                .isEmpty();
    }

    @Test
    void everyClassThatAPageNamesExists() throws IOException {
        Set<String> known = sources()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", ""))
                .collect(Collectors.toSet());
        known.addAll(protoNames());
        known.addAll(FOREIGN_NAMES);

        assertThat(missing(page -> classes(page).filter(name -> !known.contains(name))))
                .isEmpty();
    }

    @Test
    void everyTestThatProvesARuleOfVerificationExists() throws IOException {
        Page rules = Page.all().stream()
                .filter(page -> page.path().endsWith("verification.md"))
                .findFirst()
                .orElseThrow();
        Set<String> tests = sources()
                .filter(file -> file.toString().contains("/src/test/"))
                .filter(file -> file.toString().endsWith(".java"))
                .flatMap(file -> METHOD.matcher(text(file)).results().map(name -> name.group(1)))
                .collect(Collectors.toSet());

        List<String> named =
                codes(rules).filter(name -> TEST_METHOD.matcher(name).matches()).toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named).filteredOn(name -> !tests.contains(name)).isEmpty();
    }

    private interface Check {
        Stream<String> failures(Page page);
    }

    private static List<String> missing(Check check) {
        return Page.all().stream()
                .flatMap(page -> check.failures(page).map(failure -> page + ": " + failure))
                .distinct()
                .toList();
    }

    private static Stream<String> brokenLinks(Page page) {
        return LINK.matcher(page.prose())
                .results()
                .filter(link -> {
                    Path target = link.group(1).isEmpty()
                            ? Page.ROOT.resolve(page.path())
                            : Page.ROOT
                                    .resolve(page.path())
                                    .resolveSibling(link.group(1))
                                    .normalize();
                    return !target.startsWith(Page.ROOT)
                            || !Files.exists(target)
                            || (link.group(2) != null && !anchors(target).contains(link.group(2)));
                })
                .map(MatchResult::group);
    }

    /** The anchors that a code host generates for a page's headings. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(text(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Stream<String> missingPaths(Page page) {
        return codes(page)
                .filter(name -> PATH_NAME.matcher(name).matches() && TOP.contains(name.replaceFirst("/.*", "")))
                .filter(name -> !name.contains("/target/"))
                .filter(name -> !Files.exists(Page.ROOT.resolve(name.replaceFirst("/…$", ""))));
    }

    private static Stream<String> codes(Page page) {
        return CODE.matcher(page.prose()).results().map(code -> code.group(1));
    }

    /** The API reference is generated from the protos, whose enum values and internal actions are no classes. */
    private static Stream<String> classes(Page page) {
        if (page.path().endsWith("api.md")) {
            return Stream.empty();
        }
        return codes(page)
                .flatMap(code -> Stream.concat(
                        Stream.of(JAVA_NAME.matcher(code))
                                .filter(Matcher::matches)
                                .map(name -> name.group(1)),
                        TEST_CLASS.matcher(code).results().map(MatchResult::group)));
    }

    private static Stream<String> withParents(String name) {
        List<String> names = new ArrayList<>();
        for (String rest = name; rest.contains("."); rest = rest.substring(0, rest.lastIndexOf('.'))) {
            names.add(rest);
        }
        return names.stream();
    }

    /** Messages, enums, services and RPCs. */
    private static Set<String> protoNames() throws IOException {
        Pattern definition = Pattern.compile("(?m)^\\s*(?:message|enum|service|rpc) (\\w+)");
        return sources()
                .filter(file -> file.toString().endsWith(".proto"))
                .flatMap(file -> definition.matcher(text(file)).results().map(name -> name.group(1)))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Page.ROOT)) {
            return files.filter(file -> file.toString().contains("/src/")).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
