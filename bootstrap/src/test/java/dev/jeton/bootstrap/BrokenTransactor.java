package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.Database;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Transactors that each break one promise on purpose. Thread-safe. */
final class BrokenTransactor {

    private BrokenTransactor() {}

    /** Binds a broken transactor that wraps the real one. */
    static Module insteadOf(UnaryOperator<Transactor> broken) {
        return new AbstractModule() {
            @Provides
            @Singleton
            Transactor transactor(Database database) {
                return broken.apply(database.transactor());
            }
        };
    }

    /** Appends audit events in a second transaction, after the change is committed, and ignores its failure. */
    static Transactor auditingLater(Transactor real) {
        return new Transactor() {
            @Override
            public <T> T inTransaction(Function<Repositories, T> work) {
                List<AuditEvent> events = new ArrayList<>();
                T result = real.inTransaction(repositories -> {
                    events.clear();
                    return work.apply(replace(
                            repositories, AuditLog.class, new CollectingAuditLog(repositories.audit(), events)));
                });
                try {
                    if (!events.isEmpty()) {
                        real.inTransaction(repositories -> {
                            events.forEach(repositories.audit()::append);
                            return events;
                        });
                    }
                } catch (Unavailable unrecorded) {
                    return result;
                }
                return result;
            }
        };
    }

    /** Reports success when the outcome of the commit is unknown. */
    static Transactor hoping(Transactor real) {
        return new Transactor() {
            @Override
            public <T> T inTransaction(Function<Repositories, T> work) {
                AtomicReference<T> done = new AtomicReference<>();
                try {
                    return real.inTransaction(repositories -> {
                        done.set(null);
                        T result = work.apply(repositories);
                        done.set(result);
                        return result;
                    });
                } catch (Unavailable unknown) {
                    T result = done.get();
                    if (result == null) {
                        throw unknown;
                    }
                    return result;
                }
            }
        };
    }

    /** Forgets the request ids of creates. */
    static Transactor forgetful(Transactor real) {
        RequestLog noRequests = new RequestLog() {
            @Override
            public void claim(Key key) {}

            @Override
            public Optional<Entry> find(Key key) {
                return Optional.empty();
            }

            @Override
            public void put(Key key, Entry entry) {}
        };
        return new Transactor() {
            @Override
            public <T> T inTransaction(Function<Repositories, T> work) {
                return real.inTransaction(
                        repositories -> work.apply(replace(repositories, RequestLog.class, noRequests)));
            }
        };
    }

    /** Takes the time from a server's own clock, which is two days fast. */
    static Transactor hasty(Transactor real) {
        return new Transactor() {
            @Override
            public <T> T inTransaction(Function<Repositories, T> work) {
                return real.inTransaction(repositories -> work.apply(replace(
                        repositories,
                        Moment.class,
                        new Moment(Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MICROS), null))));
            }
        };
    }

    /** The repositories with the one of this type replaced. */
    private static <R> Repositories replace(Repositories real, Class<R> type, R replacement) {
        return (Repositories) Proxy.newProxyInstance(
                Repositories.class.getClassLoader(),
                new Class<?>[] {Repositories.class},
                (proxy, method, arguments) ->
                        method.getReturnType() == type ? replacement : method.invoke(real, arguments));
    }

    private record CollectingAuditLog(AuditLog real, List<AuditEvent> events) implements AuditLog {
        @Override
        public void append(AuditEvent event) {
            events.add(event);
        }

        @Override
        public Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page) {
            return real.page(tenantId, filter, page);
        }
    }
}
