package dev.jeton.application.token;

import static dev.jeton.application.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.fixture.InMemoryJeton;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Last-used times, from the use of a token to what its owner reads. */
class UsageTest {
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Instant NOW = Instant.parse("2026-03-05T10:15:30.123456Z");

    private final InMemoryJeton jeton = new InMemoryJeton();
    private final Housekeeping housekeeping = housekeeping(jeton.persistence.usageLog());
    private final List<TokenKey> used = new ArrayList<>();
    private final TokenKey key = new TokenKey(Tenants.anId(), Tokens.anId());

    @Test
    void anAllowedTokenCountsAsUsed() {
        IssuedToken issued = issued();
        assertThat(lastUsed(issued)).isNull();

        jeton.verify(issued.secret());
        housekeeping.saveLastUsed();
        assertThat(lastUsed(issued)).isEqualTo(NOW);

        jeton.clock.advance(Duration.ofMinutes(1));
        jeton.verify(issued.secret());
        assertThat(lastUsed(issued)).isEqualTo(NOW);
        housekeeping.saveLastUsed();
        assertThat(lastUsed(issued)).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void aDeniedTokenDoesNotCountAsUsed() {
        IssuedToken issued = issued();
        jeton.tokens.cancel(
                jeton.operator, new CancelToken(issued.view().token().id(), new FreeText(""), null));

        jeton.verify(issued.secret());
        housekeeping.saveLastUsed();

        assertThat(lastUsed(issued)).isNull();
    }

    @Test
    void aCallCountsAsAUseOfItsToken() {
        jeton.clock.advance(Duration.ofMinutes(1));
        jeton.verify(issued().secret());
        housekeeping.saveLastUsed();

        assertThat(jeton.tokens
                        .get(jeton.operator, jeton.operator.tokenId())
                        .token()
                        .lastUsedTime())
                .isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void theLatestUseIsSavedOnce() {
        List<Map<TokenKey, Instant>> written = new ArrayList<>();
        jeton.usage.flushTo(used -> {}, 1_000);

        jeton.usage.record(key, NOW);
        jeton.usage.record(key, NOW.plusSeconds(5));
        jeton.usage.record(key, NOW.plusSeconds(2));
        jeton.usage.flushTo(written::add, 1_000);
        jeton.usage.flushTo(written::add, 1_000);

        assertThat(written).containsExactly(Map.of(key, NOW.plusSeconds(5)));
    }

    /** Whether or not its entry was evicted meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aUseAfterIdleRoundsIsSaved(long idle) {
        List<Map<TokenKey, Instant>> written = new ArrayList<>();
        UsageBuffer usage = new UsageBuffer(idle);

        usage.record(key, NOW);
        usage.flushTo(written::add, 1_000);
        usage.flushTo(written::add, 1_000);
        usage.flushTo(written::add, 1_000);
        usage.record(key, NOW.plusSeconds(5));
        usage.flushTo(written::add, 1_000);

        assertThat(written).containsExactly(Map.of(key, NOW), Map.of(key, NOW.plusSeconds(5)));
    }

    @Test
    void aUseThatCannotBeSavedIsKept() {
        List<Map<TokenKey, Instant>> written = new ArrayList<>();
        jeton.usage.flushTo(used -> {}, 1_000);
        jeton.usage.record(key, NOW);

        assertThatThrownBy(() -> housekeeping(used -> {
                            throw new IllegalStateException("down");
                        })
                        .saveLastUsed())
                .hasMessage("down");
        housekeeping(written::add).saveLastUsed();

        assertThat(written).containsExactly(Map.of(key, NOW));
    }

    @Test
    void aUseDuringAFailedSaveIsKept() {
        List<Map<TokenKey, Instant>> written = new ArrayList<>();
        jeton.usage.flushTo(used -> {}, 1_000);
        jeton.usage.record(key, NOW);

        assertThatThrownBy(() -> jeton.usage.flushTo(
                        used -> {
                            jeton.usage.record(key, NOW.plusSeconds(5));
                            throw new IllegalStateException("down");
                        },
                        1_000))
                .hasMessage("down");
        jeton.usage.flushTo(written::add, 1_000);

        assertThat(written).containsExactly(Map.of(key, NOW.plusSeconds(5)));
    }

    @Test
    void aRoundCoversEveryTokenOnce() {
        Set<TokenKey> keys = new HashSet<>();
        jeton.usage.flushTo(used -> {}, 1_000);
        for (int i = 0; i < 25; i++) {
            keys.add(new TokenKey(Tenants.anId(), Tokens.anId()));
        }
        keys.forEach(token -> jeton.usage.record(token, NOW));

        List<TokenKey> written = new ArrayList<>();
        int slices = 1;
        while (jeton.usage.flushTo(used -> written.addAll(used.keySet()), 10)) {
            slices++;
        }

        assertThat(slices).isEqualTo(3);
        assertThat(written).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void aRoundFollowsIdOrderAcrossTenants() {
        UsageBuffer usage = new UsageBuffer(100);
        List<UUID> first = written(usage, 25);
        List<UUID> second = written(usage, 25);

        assertThat(first).hasSize(25).isSorted();
        assertThat(second).hasSize(50).isSorted();
    }

    /** Returns the ids saved in a round after further tokens were used and the earlier ones used again. */
    private List<UUID> written(UsageBuffer usage, int others) {
        for (int i = 0; i < others; i++) {
            used.add(new TokenKey(Tenants.anId(), Tokens.anId()));
        }
        Collections.shuffle(used);
        Instant time = NOW.plusSeconds(60L * used.size());
        used.forEach(token -> usage.record(token, time));
        List<UUID> written = new ArrayList<>();
        UsageLog log = uses -> uses.keySet().stream()
                .map(token -> token.tokenId().value())
                .sorted()
                .forEach(written::add);
        while (usage.flushTo(log, 10)) {
            // Finish the round.
        }
        return written;
    }

    @Test
    void noUseIsLostBetweenSaves() {
        List<TokenKey> keys = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            keys.add(new TokenKey(Tenants.anId(), Tokens.anId()));
        }
        Map<TokenKey, Instant> written = new ConcurrentHashMap<>();

        Outcomes.of(50, number -> {
            jeton.usage.record(keys.get(number), NOW);
            jeton.usage.flushTo(written::putAll, 1_000);
        });
        jeton.usage.flushTo(written::putAll, 1_000);

        assertThat(written).containsKeys(keys.toArray(TokenKey[]::new));
    }

    @Test
    void tombstonesArePurgedAfterTheRetention() {
        TokenId id = issued().view().token().id();
        jeton.tokens.delete(jeton.operator, id, null);

        jeton.clock.advance(RETENTION);
        housekeeping.purgeExpired();
        jeton.tokens.delete(jeton.operator, id, null);

        jeton.clock.advance(Duration.ofSeconds(1));
        housekeeping.purgeExpired();
        assertRefused(ErrorReason.TOKEN_NOT_FOUND, () -> jeton.tokens.delete(jeton.operator, id, null));
    }

    private IssuedToken issued() {
        return jeton.token(jeton.member(jeton.tenant()));
    }

    private @Nullable Instant lastUsed(IssuedToken issued) {
        return jeton.tokens
                .get(jeton.operator, issued.view().token().id())
                .token()
                .lastUsedTime();
    }

    private Housekeeping housekeeping(UsageLog log) {
        return new HousekeepingUseCases(
                jeton.usage,
                log,
                jeton.persistence.tombstones(),
                jeton.persistence.requestIds(),
                jeton.persistence.changeRecords(),
                jeton.calls,
                new Retention(RETENTION, RETENTION, RETENTION));
    }
}
