package dev.jeton.application.audit;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.SweepRepository;
import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import java.util.function.Function;

/** A store that cannot write audit events. */
record FailingAuditTransactor(Transactor store) implements Transactor {

    @Override
    public <T> T inTransaction(Function<Repositories, T> work) {
        return store.inTransaction(repositories -> work.apply(new FailingRepositories(repositories)));
    }

    static final class AuditFailed extends RuntimeException {}

    private record FailingRepositories(Repositories others) implements Repositories {

        @Override
        public AuditLog audit() {
            return new AuditLog() {
                @Override
                public void append(AuditEvent event) {
                    throw new AuditFailed();
                }

                @Override
                public Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page) {
                    return others.audit().page(tenantId, filter, page);
                }
            };
        }

        @Override
        public TenantRepository tenants() {
            return others.tenants();
        }

        @Override
        public UserRepository users() {
            return others.users();
        }

        @Override
        public WorkloadRepository workloads() {
            return others.workloads();
        }

        @Override
        public TokenRepository tokens() {
            return others.tokens();
        }

        @Override
        public Directory directory() {
            return others.directory();
        }

        @Override
        public SweepRepository sweeps() {
            return others.sweeps();
        }

        @Override
        public Moment moment() {
            return others.moment();
        }

        @Override
        public RequestLog requests() {
            return others.requests();
        }
    }
}
