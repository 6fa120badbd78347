package dev.jeton.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The API reference is what the build generates from the comments of the .proto files. To accept a change:
 * {@code mvn test -pl proto -Djeton.updateGolden=true}.
 */
class ApiReferenceTest {
    private static final Path GENERATED = Path.of("target", "api-reference", "api.md");
    private static final Path COMMITTED = Path.of("..", "docs", "api.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(#([a-z]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (\\w+)$", Pattern.MULTILINE);

    @Test
    void docsMatchTheProtoComments() throws IOException {
        if (Boolean.getBoolean("jeton.updateGolden")) {
            Files.copy(GENERATED, COMMITTED, StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(COMMITTED)
                .as("docs/api.md; if the .proto files changed, run: mvn test -pl proto -Djeton.updateGolden=true")
                .hasSameTextualContentAs(GENERATED);
    }

    @Test
    void everyLinkHasOneHeading() throws IOException {
        String page = Files.readString(GENERATED);
        List<String> headings = HEADING.matcher(page)
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .toList();
        Set<String> links =
                LINK.matcher(page).results().map(link -> link.group(1)).collect(Collectors.toSet());

        assertThat(headings).doesNotHaveDuplicates().containsAll(links);
        assertThat(links).contains("tokenservice", "createtoken", "tokenpolicy", "verdict");
    }
}
