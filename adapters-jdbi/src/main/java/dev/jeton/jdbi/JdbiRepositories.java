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
final class JdbiRepositories implements Repositories {
    private final TenantScope scope;

    JdbiRepositories(Handle handle) {
        scope = new TenantScope(handle);
    }

    @Override
    public TenantRepository tenants() {
        return new JdbiTenantRepository(scope);
    }

    @Override
    public UserRepository users() {
        return new JdbiUserRepository(scope);
    }

    @Override
    public WorkloadRepository workloads() {
        return new JdbiWorkloadRepository(scope);
    }

    @Override
    public TokenRepository tokens() {
        return new JdbiTokenRepository(scope);
    }

    @Override
    public Directory directory() {
        return new JdbiDirectory(scope);
    }

    @Override
    public AuditLog audit() {
        return new JdbiAuditLog(scope);
    }

    @Override
    public RequestLog requests() {
        return new JdbiRequestLog(scope);
    }
}
