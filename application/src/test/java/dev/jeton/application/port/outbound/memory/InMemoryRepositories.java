package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.SweepRepository;
import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.WorkloadRepository;

/** The repositories of one transaction. */
final class InMemoryRepositories implements Repositories {
    private final Transaction transaction;
    private final Moment moment;

    InMemoryRepositories(Transaction transaction, Moment moment) {
        this.transaction = transaction;
        this.moment = moment;
    }

    @Override
    public TenantRepository tenants() {
        return new InMemoryTenantRepository(transaction);
    }

    @Override
    public UserRepository users() {
        return new InMemoryUserRepository(transaction);
    }

    @Override
    public WorkloadRepository workloads() {
        return new InMemoryWorkloadRepository(transaction);
    }

    @Override
    public TokenRepository tokens() {
        return new InMemoryTokenRepository(transaction, moment.time());
    }

    @Override
    public Directory directory() {
        return new InMemoryDirectory(transaction);
    }

    @Override
    public AuditLog audit() {
        return new InMemoryAuditLog(transaction);
    }

    @Override
    public SweepRepository sweeps() {
        return new InMemorySweepRepository(transaction);
    }

    @Override
    public Moment moment() {
        return moment;
    }

    @Override
    public RequestLog requests() {
        return new InMemoryRequestLog(transaction);
    }
}
