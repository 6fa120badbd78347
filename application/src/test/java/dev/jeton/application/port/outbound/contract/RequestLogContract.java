package dev.jeton.application.port.outbound.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.RequestLog.Entry;
import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of {@link RequestLog} and {@link RequestIds}. */
public abstract class RequestLogContract extends PersistenceContract {
    private static final Instant FORGOTTEN_BEFORE = LATER.minus(Duration.ofHours(24));

    private final Key key = new Key(Tenants.anId(), Users.anId(), "CreateToken", UUID.randomUUID());

    @Test
    void returnsTheFirstEntry() {
        Entry first = entry("digest");

        assertThat(putIfAbsent(key, first)).isEmpty();
        assertThat(putIfAbsent(key, entry("digest"))).contains(first);
        assertThat(putIfAbsent(key, entry("another digest"))).contains(first);
    }

    @Test
    void aDifferentKeyIsADifferentCreate() {
        putIfAbsent(key, entry("digest"));

        TenantId otherTenant = Tenants.anId();
        assertThat(putIfAbsent(new Key(otherTenant, key.userId(), key.operation(), key.requestId()), entry("digest")))
                .isEmpty();
        assertThat(putIfAbsent(
                        new Key(key.tenantId(), Users.anId(), key.operation(), key.requestId()), entry("digest")))
                .isEmpty();
        assertThat(putIfAbsent(new Key(key.tenantId(), key.userId(), "CreateUser", key.requestId()), entry("digest")))
                .isEmpty();
        assertThat(putIfAbsent(
                        new Key(key.tenantId(), key.userId(), key.operation(), UUID.randomUUID()), entry("digest")))
                .isEmpty();
    }

    @Test
    void aFailedCreateIsNotRecorded() {
        assertThatThrownBy(() -> transact(repositories -> {
                    putIfAbsent(repositories, key, entry("digest"), FORGOTTEN_BEFORE);
                    throw new IllegalStateException("by the work");
                }))
                .hasMessage("by the work");

        assertThat(putIfAbsent(key, entry("another digest"))).isEmpty();
    }

    @Test
    void ignoresAnExpiredEntry() {
        Entry old = new Entry("digest", UUID.randomUUID(), FORGOTTEN_BEFORE.minusMillis(1));
        putIfAbsent(key, old);
        Entry next = entry("another digest");

        assertThat(putIfAbsent(key, next)).isEmpty();
        assertThat(putIfAbsent(key, entry("digest"))).contains(next);
    }

    @Test
    void keepsAnEntryExactlyAtTheLimit() {
        Entry old = new Entry("digest", UUID.randomUUID(), FORGOTTEN_BEFORE);
        putIfAbsent(key, old);

        assertThat(putIfAbsent(key, entry("digest"))).contains(old);
    }

    @Test
    void waitsForAConcurrentCreateWithTheSameKey() {
        Entry first = entry("digest");

        Optional<Entry> second = waitingFor(
                repositories -> putIfAbsent(repositories, first),
                repositories -> putIfAbsent(repositories, entry("digest")));

        assertThat(second).contains(first);
    }

    @Test
    void exactlyOneOfManyConcurrentCreatesIsFirst() {
        AtomicInteger firsts = new AtomicInteger();

        Outcomes.of(20, number -> {
            if (putIfAbsent(key, entry("digest")).isEmpty()) {
                firsts.incrementAndGet();
            }
        });

        assertThat(firsts).hasValue(1);
    }

    @Test
    void removesOldEntries() {
        Entry old = new Entry("digest", UUID.randomUUID(), FORGOTTEN_BEFORE.minusMillis(1));
        putIfAbsent(key, old);
        Key younger = new Key(key.tenantId(), key.userId(), key.operation(), UUID.randomUUID());
        Entry young = new Entry("digest", UUID.randomUUID(), FORGOTTEN_BEFORE);
        putIfAbsent(younger, young);

        persistence().requestIds().removeBefore(FORGOTTEN_BEFORE);

        assertThat(putIfAbsent(younger, entry("digest"))).contains(young);
        Optional<Entry> removed =
                inTransaction(repositories -> putIfAbsent(repositories, key, entry("x"), Instant.EPOCH));
        assertThat(removed).isEmpty();
    }

    private Optional<Entry> putIfAbsent(Key of, Entry entry) {
        return inTransaction(repositories -> putIfAbsent(repositories, of, entry, FORGOTTEN_BEFORE));
    }

    private Optional<Entry> putIfAbsent(Repositories repositories, Entry entry) {
        return putIfAbsent(repositories, key, entry, FORGOTTEN_BEFORE);
    }

    /** Stores the entry unless the key has one that is not expired, which it then returns. */
    private static Optional<Entry> putIfAbsent(Repositories repositories, Key key, Entry entry, Instant expiredBefore) {
        RequestLog requests = repositories.requests();
        requests.claim(key);
        Optional<Entry> earlier =
                requests.find(key).filter(found -> !found.time().isBefore(expiredBefore));
        if (earlier.isEmpty()) {
            requests.put(key, entry);
        }
        return earlier;
    }

    private static Entry entry(String bodyDigest) {
        return new Entry(bodyDigest, UUID.randomUUID(), LATER);
    }
}
