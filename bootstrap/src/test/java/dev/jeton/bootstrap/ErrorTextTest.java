package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Provides;
import com.google.inject.Stage;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    private static final String CAUSE = "The database is on fire; put it out";

    @Test
    void looksIntoTheInjectorsWrappersEvenIfTheyHoldSeveralErrors() {
        Throwable failure = catchThrowable(() -> Guice.createInjector(Stage.PRODUCTION, new Broken()));

        assertThat(failure).hasMessageContaining("Unable to create injector").hasNoCause();
        assertThat(ErrorText.of(failure)).isEqualTo(CAUSE);
    }

    @Test
    void looksIntoWrappersOfOtherThreads() {
        assertThat(ErrorText.of(new CompletionException(new ExecutionException(new IllegalStateException(CAUSE)))))
                .isEqualTo(CAUSE);
    }

    @Test
    void omitsClassNames() {
        assertThat(ErrorText.of(new IllegalStateException("SSL error: PKIX path building failed: "
                        + "sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid path")))
                .isEqualTo("SSL error: PKIX path building failed: unable to find valid path");
        IOException failure = new FileSystemException("/data", null, "Too many open files");
        assertThat(ErrorText.of(new UncheckedIOException("Could not delete: " + failure, failure)))
                .isEqualTo("Could not delete: /data: Too many open files");
        assertThat(ErrorText.of(new IllegalStateException("Cannot use /etc/jeton.Keys and db.example.com")))
                .isEqualTo("Cannot use /etc/jeton.Keys and db.example.com");
    }

    @Test
    void saysWhatToDoAboutAnExceptionWithoutMessage() {
        assertThat(ErrorText.of(new NullPointerException())).contains("unexpected error", "report it");
        assertThat(ErrorText.of(new IllegalStateException(new IOException()))).contains("unexpected error");
    }

    @Test
    void isOneLine() {
        assertThat(ErrorText.of(new IllegalStateException("first\nsecond"))).isEqualTo("first");
    }

    /** Two providers fail, each in its own way. */
    private static final class Broken extends AbstractModule {
        @Provides
        @Singleton
        Integer number() {
            throw new IllegalStateException(CAUSE);
        }

        @Provides
        @Singleton
        String text() {
            throw new IllegalArgumentException(CAUSE);
        }
    }
}
