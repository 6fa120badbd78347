package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.TokenServiceGrpc;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Replies are the same whatever the host's locale. */
@Isolated
class HostLocaleTest {
    private final Locale before = Locale.getDefault();
    private final ApiUnderTest api = new ApiUnderTest();

    @BeforeEach
    void speakArabic() {
        Locale.setDefault(new Locale("ar", "EG"));
    }

    @AfterEach
    void stop() {
        Locale.setDefault(before);
        api.close();
    }

    @Test
    void numbersInErrorsAreAscii() {
        Refusal refusal = Refusal.of(() -> TokenServiceGrpc.newBlockingStub(api.asCaller())
                .createToken(CreateTokenRequest.newBuilder()
                        .setName("x".repeat(300))
                        .addScopes("model:a")
                        .addScopes("a b")
                        .addAllWorkloadIds(Collections.nCopies(101, ""))
                        .build()));

        assertThat(refusal.violations())
                .containsExactly("name TOO_LONG", "workload_ids TOO_MANY", "scopes[1] INVALID_SCOPE");
        assertThat(refusal.message()).contains("at most 256 characters, not 300", "at most 100 values", "1 to 128");
        assertThat(refusal.message().chars()).allMatch(character -> character < 0x80);
    }
}
