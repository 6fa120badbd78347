package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.TaggedTests.Tagged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Runs after all other tests and checks in their reports that every test of a promise ran and passed. */
class GuaranteesRanIT {
    private static final List<String> REPORTS = List.of("surefire-reports", "failsafe-reports");

    @TestFactory
    Stream<DynamicTest> everyTestOfAPromiseRanAndPassed() {
        return TaggedTests.ofAllModules().entrySet().stream().flatMap(promise -> promise.getValue().stream()
                .map(test -> DynamicTest.dynamicTest(
                        promise.getKey() + " " + test.simpleName() + " " + test.method(), () -> assertThat(passed(test))
                                .as("passed tests in the report")
                                .isPositive())));
    }

    /** The number of passed tests; repeated and parameterized methods count more than once. */
    private static long passed(Tagged test) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report(test).toFile())
                .getElementsByTagName("testcase");
        long passed = 0;
        for (int i = 0; i < cases.getLength(); i++) {
            Element testCase = (Element) cases.item(i);
            boolean failed = Stream.of("skipped", "failure", "error")
                    .anyMatch(outcome -> testCase.getElementsByTagName(outcome).getLength() > 0);
            if (!failed && testCase.getAttribute("name").startsWith(test.method())) {
                passed++;
            }
        }
        return passed;
    }

    private static Path report(Tagged test) throws IOException {
        Path target = Path.of("..", test.module(), "target");
        Path source = target.resolve("test-classes").resolve(test.type().replace('.', '/') + ".class");
        for (String reports : REPORTS) {
            Path report = target.resolve(reports).resolve("TEST-" + test.type() + ".xml");
            if (Files.exists(report)
                    && Files.getLastModifiedTime(report).compareTo(Files.getLastModifiedTime(source)) >= 0) {
                return report;
            }
        }
        throw new AssertionError(test.type() + " has not run in this build: run mvn -B verify for all modules");
    }
}
