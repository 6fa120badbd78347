package dev.jeton.application.token;

import static dev.jeton.application.fixture.InMemoryJeton.get;
import static dev.jeton.application.fixture.InMemoryJeton.presented;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.fixture.Refusals;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.StoredDigests.Replacement;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.HashKeys;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.HashKey;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.verification.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Key rotation on a store that started without keys. */
class SecretHashMaintenanceTest {
    private static final SecretDigest STALE = new SecretDigest("sha256", new byte[32]);
    private static final SecretDigest FRESH = new SecretDigest("hmac-sha256:k1", new byte[32]);

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final IssuedToken issued = jeton.token(jeton.member(jeton.tenant()));

    @Test
    void aVerifiedSecretIsRehashedWithTheNewestKey() {
        Server server = new Server("k2", "k1");

        assertThat(server.verify(issued)).isInstanceOf(Verification.Allowed.class);
        assertThat(schemeOf(issued)).isEqualTo("sha256");
        assertThat(server.keeping.rehash()).isFalse();

        assertThat(schemeOf(issued)).isEqualTo("hmac-sha256:k2");
        assertThat(server.verify(issued)).isInstanceOf(Verification.Allowed.class);
        assertThat(new Server("k2").verify(issued)).isInstanceOf(Verification.Allowed.class);
    }

    @Test
    void theCallersSecretIsRehashedToo() {
        Server server = new Server("k1");

        server.verify(issued);
        server.keeping.rehash();

        assertThat(schemeOf(jeton.credential)).isEqualTo("hmac-sha256:k1");
    }

    @Test
    void aDeniedSecretIsNotRehashed() {
        Server server = new Server("k1");
        jeton.tokens.cancel(
                jeton.operator, new CancelToken(issued.view().token().id(), new FreeText(""), null));

        assertThat(server.verify(issued)).isInstanceOf(Verification.Denied.class);
        server.keeping.rehash();

        assertThat(schemeOf(issued)).isEqualTo("sha256");
    }

    @Test
    void digestsOfTheNewestKeyAreKept() {
        List<Replacement> written = new ArrayList<>();

        jeton.verify(issued.secret());
        jeton.staleDigests.flushTo(recording(written), 10);

        assertThat(written).isEmpty();
    }

    @Test
    void aMissingKeyIsNotADenial() {
        Server old = new Server("k1");
        PresentedToken verifier = presented(
                jeton.token(jeton.member(jeton.tenant()), InMemoryJeton.draft("verifier", Scopes.of(Scope.VERIFY)))
                        .secret());
        Server other = new Server("k2", "k1");
        other.verify(issued);
        other.stale.flushTo(onlyOf(issued), 10);

        assertThatThrownBy(() -> old.verify(issued))
                .isInstanceOf(CompletionException.class)
                .cause()
                .satisfies(fault -> Refusals.assertRefused(ErrorReason.SECRET_KEY_MISSING, () -> {
                    throw fault;
                }));
        assertThat(old.verify(verifier, issued))
                .as("for a caller of another tenant")
                .isEqualTo(Verification.Unknown.NOT_FOUND);
    }

    @Test
    void aMissingKeyFailsItsElementOfABatchOnly() {
        Server old = new Server("k1");
        Server other = new Server("k2", "k1");
        IssuedToken known = jeton.token(jeton.member(jeton.tenant()));
        other.verify(issued);
        other.stale.flushTo(onlyOf(issued), 10);

        List<Verification> results = get(
                old.verification.verifyAll(jeton.credential, List.of(command(known), command(issued), command(known))));

        assertThat(results.get(0)).isInstanceOf(Verification.Allowed.class);
        assertThat(results.get(1)).isInstanceOfSatisfying(Verification.Undecided.class, undecided -> assertThat(
                        undecided.cause().reason())
                .isEqualTo(ErrorReason.SECRET_KEY_MISSING));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void aTokenIsQueuedOnce() {
        StaleDigests stale = new StaleDigests();
        TokenKey key = new TokenKey(Tenants.anId(), Tokens.anId());
        List<Replacement> written = new ArrayList<>();

        stale.add(key, STALE, () -> FRESH);
        stale.add(key, STALE, () -> {
            throw new AssertionError("hashed again");
        });
        stale.flushTo(recording(written), 10);
        stale.add(key, STALE, () -> {
            throw new AssertionError("hashed again");
        });
        stale.flushTo(recording(written), 10);

        assertThat(written).containsExactly(new Replacement(key, STALE, FRESH));
    }

    @Test
    void savesInBatchesAndKeepsFailedOnes() {
        StaleDigests stale = new StaleDigests();
        List<Replacement> written = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            stale.add(new TokenKey(Tenants.anId(), Tokens.anId()), STALE, () -> FRESH);
        }

        assertThat(stale.flushTo(recording(written), 10)).isTrue();
        assertThatThrownBy(() -> stale.flushTo(
                        new Fake(written) {
                            @Override
                            public void replace(List<Replacement> replacements) {
                                throw new IllegalStateException("down");
                            }
                        },
                        10))
                .hasMessage("down");
        assertThat(stale.flushTo(recording(written), 10)).isTrue();
        assertThat(stale.flushTo(recording(written), 10)).isFalse();

        assertThat(written).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void holdsAtMostTheLimitAndFreesSpace() {
        StaleDigests stale = new StaleDigests();
        List<Replacement> written = new ArrayList<>();
        for (int i = 0; i <= StaleDigests.MAX_TRACKED; i++) {
            stale.add(new TokenKey(Tenants.anId(), Tokens.anId()), STALE, () -> FRESH);
        }

        stale.flushTo(recording(written), Integer.MAX_VALUE);
        assertThat(written).hasSize(StaleDigests.MAX_TRACKED);

        stale.add(written.get(0).token(), STALE, () -> FRESH);
        stale.flushTo(recording(written), Integer.MAX_VALUE);
        assertThat(written).hasSize(StaleDigests.MAX_TRACKED + 1);
    }

    @Test
    void failsWithoutAKeyThatTokensNeed() {
        Server server = new Server("k1");
        server.verify(issued);
        server.keeping.rehash();

        new Server("k1").keeping.requireKeys();
        new Server("k2", "k1").keeping.requireKeys();
        for (Server without : List.of(new Server(), new Server("k2"))) {
            assertThatIllegalStateException()
                    .isThrownBy(without.keeping::requireKeys)
                    .withMessageContaining("a key that this server was not given: hmac-sha256:k1.");
        }
    }

    @Test
    void runsWithoutAKeyThatNoTokenNeeds() {
        new Server("k1").keeping.requireKeys();

        new Server().keeping.requireKeys();
        new Server("k2").keeping.requireKeys();
    }

    @Test
    void rejectsADifferentKeyWithTheSameId() {
        new Server("k1").keeping.requireKeys();

        Server impostor = new Server(new SecretHasher(List.of(new HashKey("k1", HashKeys.bytes("another")))));

        assertThatIllegalStateException()
                .isThrownBy(impostor.keeping::requireKeys)
                .withMessageStartingWith("The database knows a different key with the same id: hmac-sha256:k1.");
    }

    private static VerifyToken command(IssuedToken token) {
        return new VerifyToken(presented(token.secret()), null, null, Scopes.NONE);
    }

    private String schemeOf(IssuedToken token) {
        return schemeOf(presented(token.secret()));
    }

    private String schemeOf(PresentedToken token) {
        TokenKey key = new TokenKey(token.tenantId(), token.tokenId());
        return get(jeton.persistence.tokenLookup().read(Set.of(key), Set.of()))
                .tokens()
                .get(key)
                .secrets()
                .get(0)
                .digest()
                .scheme();
    }

    /** Saves only that token's digest. */
    private StoredDigests onlyOf(IssuedToken token) {
        return new Fake(new ArrayList<>()) {
            @Override
            public void replace(List<Replacement> replacements) {
                jeton.persistence
                        .storedDigests()
                        .replace(replacements.stream()
                                .filter(each -> each.token()
                                        .tokenId()
                                        .equals(token.view().token().id()))
                                .toList());
            }
        };
    }

    private static StoredDigests recording(List<Replacement> written) {
        return new Fake(written);
    }

    private static class Fake implements StoredDigests {
        private final List<Replacement> written;

        Fake(List<Replacement> written) {
            this.written = written;
        }

        @Override
        public void replace(List<Replacement> replacements) {
            written.addAll(replacements);
        }

        @Override
        public List<SecretDigest> registerFingerprints(List<SecretDigest> fingerprints) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> schemesInUse() {
            throw new UnsupportedOperationException();
        }
    }

    /** One of several servers on the same store. */
    private final class Server {
        final StaleDigests stale = new StaleDigests();
        final VerificationUseCases verification;
        final SecretHashMaintenanceUseCases keeping;

        Server(String... keys) {
            this(new SecretHasher(Stream.of(keys).map(HashKeys::of).toList()));
        }

        Server(SecretHasher hasher) {
            verification =
                    new VerificationUseCases(jeton.persistence.tokenLookup(), hasher, jeton.usage, stale, jeton.calls);
            keeping = new SecretHashMaintenanceUseCases(hasher, stale, jeton.persistence.storedDigests());
        }

        Verification verify(IssuedToken token) {
            return verify(jeton.credential, token);
        }

        Verification verify(PresentedToken caller, IssuedToken token) {
            return get(verification.verify(caller, command(token)));
        }
    }
}
