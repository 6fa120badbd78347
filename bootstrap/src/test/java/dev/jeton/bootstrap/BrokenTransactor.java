package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.Database;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Transactors that are broken on purpose, each in a way that costs a promise. Thread-safe. */
final class BrokenTransactor {

    private BrokenTransactor() {}

    /** Has a twin work with a transactor that is made from the real one. */
    static Module insteadOf(UnaryOperator<Transactor> broken) {
        return new AbstractModule() {
            @Provides
            @Singleton
            Transactor transactor(Database database) {
                return broken.apply(database.transactor());
            }
        };
    }

    /** Writes events down when what they tell of is committed, if that can be done. */
    static Transactor auditingLater(Transactor real) {
        return new Transactor() {
            @Override
            public <T> T inTransaction(Function<Repositories, T> work) {
                List<AuditEvent> events = new ArrayList<>();
                T result = real.inTransaction(repositories -> {
                    events.clear();
                    return work.apply(new LaterAudit(repositories, events));
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

    /** Takes what was done for committed when nobody has said otherwise. */
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

    /** Remembers no create. */
    static Transactor forgetful(Transactor real) {
        return new Transactor() {
            @Override
            public <T> T inTransaction(Function<Repositories, T> work) {
                return real.inTransaction(repositories -> work.apply(new NoRequestLog(repositories)));
            }
        };
    }

    private static final class LaterAudit extends Delegating {
        private final List<AuditEvent> events;

        LaterAudit(Repositories real, List<AuditEvent> events) {
            super(real);
            this.events = events;
        }

        @Override
        public AuditLog audit() {
            AuditLog audit = super.audit();
            return new AuditLog() {
                @Override
                public void append(AuditEvent event) {
                    events.add(event);
                }

                @Override
                public Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page) {
                    return audit.page(tenantId, filter, page);
                }
            };
        }
    }

    private static final class NoRequestLog extends Delegating {

        NoRequestLog(Repositories real) {
            super(real);
        }

        @Override
        public RequestLog requests() {
            return (key, entry, expiredBefore) -> Optional.empty();
        }
    }

    private abstract static class Delegating implements Repositories {
        private final Repositories real;

        Delegating(Repositories real) {
            this.real = real;
        }

        @Override
        public TenantRepository tenants() {
            return real.tenants();
        }

        @Override
        public UserRepository users() {
            return real.users();
        }

        @Override
        public WorkloadRepository workloads() {
            return real.workloads();
        }

        @Override
        public TokenRepository tokens() {
            return real.tokens();
        }

        @Override
        public Directory directory() {
            return real.directory();
        }

        @Override
        public AuditLog audit() {
            return real.audit();
        }

        @Override
        public RequestLog requests() {
            return real.requests();
        }
    }
}
