package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.token.TokenId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeakScannerTest {
    private final TokenId id = Tokens.anId();
    private final String secret = Tokens.secret(Tenants.anId(), id).revealSecret();

    @Test
    void findsATokenInText() {
        assertEquals(Set.of(id), LeakScanner.scan("export API_KEY=\"" + secret + "\""));
    }

    @Test
    void ignoresALookAlike() {
        assertEquals(Set.of(), LeakScanner.scan("export API_KEY=" + secret.substring(0, secret.length() - 1) + "!"));
    }
}
