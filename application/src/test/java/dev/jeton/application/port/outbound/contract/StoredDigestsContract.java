package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.StoredDigests.Replacement;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link dev.jeton.application.port.outbound.StoredDigests}. */
public abstract class StoredDigestsContract extends PersistenceContract {
    private final String scheme = "hmac-sha256:" + UUID.randomUUID();
    private final SecretDigest stale = new SecretDigest("sha256", new byte[] {0, 1, -1, 127, -128});
    private final SecretDigest fresh = new SecretDigest(scheme, new byte[] {-128, 2, 0});
    private final SecretDigest another = new SecretDigest(scheme, new byte[] {-128, 2, 1});

    @Test
    void replacesTheDigestsOfTokensOfManyTenants() {
        Token first = storedToken();
        Token second = storedToken();
        Token neither = storedToken();

        replace(new Replacement(key(first), stale, fresh), new Replacement(key(second), stale, another));

        assertThat(isStored(first, fresh)).isTrue();
        assertThat(isStored(second, another)).isTrue();
        assertThat(isStored(neither, stale)).isTrue();
    }

    @Test
    void skipsATokenWhoseDigestHasChanged() {
        Token ofAnotherScheme = storedToken();
        Token ofOtherBytes = storedToken();
        Token replacedBefore = storedToken();

        replace(
                new Replacement(key(ofAnotherScheme), new SecretDigest("sha512", stale.bytes()), fresh),
                new Replacement(key(ofOtherBytes), new SecretDigest("sha256", new byte[] {0, 1, -1, 127}), fresh));
        replace(new Replacement(key(replacedBefore), stale, fresh));
        replace(new Replacement(key(replacedBefore), stale, another));

        assertThat(isStored(ofAnotherScheme, stale)).isTrue();
        assertThat(isStored(ofOtherBytes, stale)).isTrue();
        assertThat(isStored(replacedBefore, fresh)).isTrue();
    }

    @Test
    void skipsTokensThatDoNotExist() {
        Token token = storedToken();
        Token deleted = storedToken();
        transact(repositories -> repositories.tokens().delete(deleted.tenantId(), deleted.id(), LATER));
        TokenKey ofAnotherTenant = new TokenKey(storedTenant().id(), token.id());

        replace(
                new Replacement(key(deleted), stale, fresh),
                new Replacement(ofAnotherTenant, stale, another),
                new Replacement(key(token), stale, fresh));

        assertThat(isStored(token, fresh)).isTrue();
        assertThat(read(Set.of(key(deleted), ofAnotherTenant), Set.of()).tokens())
                .isEmpty();
    }

    @Test
    void acceptsEmptyInput() {
        replace();

        assertThat(persistence().storedDigests().registerFingerprints(List.of()))
                .isEmpty();
    }

    @Test
    void leavesTheTokenUnchanged() {
        Token token = storedToken();

        replace(new Replacement(key(token), stale, fresh));

        assertThat(find(token)).isEqualTo(token);
        Token changed = Tokens.cancelled(token, "leaked", LATER);
        transact(repositories -> repositories.tokens().update(changed));
        assertThat(find(token).revision()).isEqualTo(changed.revision());
        assertThat(isStored(token, fresh)).isTrue();
    }

    @Test
    void replacesEachDigestOnceUnderConcurrency() {
        Token first = storedToken();
        Token second = storedToken();
        Replacement ofFirst = new Replacement(key(first), stale, fresh);
        Replacement ofSecond = new Replacement(key(second), stale, fresh);

        assertThat(Outcomes.of(20, number -> {
                    if (number % 2 == 0) {
                        replace(ofFirst, ofSecond);
                    } else {
                        replace(ofSecond, ofFirst);
                    }
                }))
                .isEqualTo(Map.of(Outcomes.DONE, 20L));

        assertThat(isStored(first, fresh)).isTrue();
        assertThat(isStored(second, fresh)).isTrue();
    }

    @Test
    void keepsTheFirstFingerprintOfEachScheme() {
        SecretDigest unrelated = new SecretDigest("hmac-sha256:" + UUID.randomUUID(), new byte[] {7});

        assertThat(register(fresh)).isTrue();
        assertThat(register(fresh)).isTrue();
        assertThat(register(another)).isFalse();
        List<SecretDigest> both = persistence().storedDigests().registerFingerprints(List.of(unrelated, another));

        assertThat(both).hasSize(2).anyMatch(unrelated::sameAs).anyMatch(fresh::sameAs);
    }

    @Test
    void listsTheRegisteredSchemesInUse() {
        Token token = storedToken();

        register(fresh);
        assertThat(persistence().storedDigests().schemesInUse()).doesNotContain(scheme, "sha256");

        replace(new Replacement(key(token), stale, fresh));
        assertThat(persistence().storedDigests().schemesInUse())
                .contains(scheme)
                .doesNotContain("sha256");

        transact(repositories -> repositories.tokens().delete(token.tenantId(), token.id(), LATER));
        assertThat(persistence().storedDigests().schemesInUse()).doesNotContain(scheme);
    }

    private boolean register(SecretDigest fingerprint) {
        List<SecretDigest> known = persistence().storedDigests().registerFingerprints(List.of(fingerprint));
        assertThat(known).hasSize(1);
        return known.get(0).sameAs(fingerprint);
    }

    private void replace(Replacement... replacements) {
        persistence().storedDigests().replace(List.of(replacements));
    }

    private Token storedToken() {
        Token token = Tokens.of(stored(Users.member(storedTenant().id())));
        transact(repositories -> repositories.tokens().insert(token, stale));
        return token;
    }

    private Token find(Token token) {
        return inTransaction(repositories ->
                repositories.tokens().find(token.tenantId(), token.id()).orElseThrow());
    }

    /** Call it once for each token: a store may cache a stale digest after reading it. */
    private boolean isStored(Token token, SecretDigest digest) {
        return read(Set.of(key(token)), Set.of())
                .tokens()
                .get(key(token))
                .secrets()
                .get(0)
                .digest()
                .sameAs(digest);
    }
}
