package dev.jeton.bootstrap;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;

/** The tests of all modules that are tagged with a promise of docs/guarantees.md, such as {@code @Tag("G2")}. */
final class TaggedTests {
    private static final List<String> MODULES =
            List.of("domain", "application", "adapters-grpc", "adapters-jdbi", "bootstrap");

    private static final String PROMISE = "G\\d+";

    private TaggedTests() {}

    /**
     * A test class, or one method of it.
     *
     * @param method empty: the whole class is tagged
     */
    record Tagged(String module, String type, String method) implements Comparable<Tagged> {
        String simpleName() {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        @Override
        public int compareTo(Tagged other) {
            return (type + '.' + method).compareTo(other.type + '.' + other.method);
        }
    }

    /** By promise. */
    static Map<String, Set<Tagged>> ofAllModules() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return read();
        });
    }

    private static Map<String, Set<Tagged>> read() {
        Map<String, Set<Tagged>> tagged = new TreeMap<>();
        for (String module : MODULES) {
            Path classes = Path.of("..", module, "target", "test-classes");
            if (!Files.isDirectory(classes)) {
                continue;
            }
            for (JavaClass type : new ClassFileImporter().importPath(classes)) {
                promises(type.getAnnotations())
                        .forEach(promise -> add(tagged, promise, new Tagged(module, type.getName(), "")));
                for (JavaMethod method : type.getMethods()) {
                    promises(method.getAnnotations())
                            .forEach(promise ->
                                    add(tagged, promise, new Tagged(module, type.getName(), method.getName())));
                }
            }
        }
        return tagged;
    }

    private static void add(Map<String, Set<Tagged>> tagged, String promise, Tagged test) {
        tagged.computeIfAbsent(promise, key -> new TreeSet<>()).add(test);
    }

    private static Stream<String> promises(Set<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream()
                .flatMap(annotation -> {
                    if (annotation.getRawType().isEquivalentTo(Tags.class)) {
                        return Stream.of((Object[]) annotation.get("value").orElseThrow())
                                .map(tag ->
                                        ((JavaAnnotation<?>) tag).get("value").orElseThrow());
                    }
                    return annotation.getRawType().isEquivalentTo(Tag.class)
                            ? annotation.get("value").stream()
                            : Stream.empty();
                })
                .map(Object::toString)
                .filter(value -> value.matches(PROMISE));
    }
}
