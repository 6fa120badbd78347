package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.WorkloadRepository;
import org.jdbi.v3.core.Handle;

/** The repositories of one transaction; useless once its handle is closed. */
record JdbiRepositories(Handle handle) implements Repositories {

    @Override
    public TenantRepository tenants() {
        return new JdbiTenantRepository(handle);
    }

    @Override
    public UserRepository users() {
        return new JdbiUserRepository(handle);
    }

    @Override
    public WorkloadRepository workloads() {
        return new JdbiWorkloadRepository(handle);
    }

    @Override
    public TokenRepository tokens() {
        return new JdbiTokenRepository(handle);
    }

    @Override
    public Directory directory() {
        return new JdbiDirectory(handle);
    }

    @Override
    public AuditLog audit() {
        return new JdbiAuditLog(handle);
    }

    @Override
    public RequestLog requests() {
        return new JdbiRequestLog(handle);
    }
}
