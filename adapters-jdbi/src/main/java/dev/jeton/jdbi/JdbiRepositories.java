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
    private final ChangeRecorder changes;

    JdbiRepositories(Handle handle) {
        scope = new TenantScope(handle);
        changes = new ChangeRecorder(scope);
    }

    @Override
    public TenantRepository tenants() {
        return new JdbiTenantRepository(scope, changes);
    }

    @Override
    public UserRepository users() {
        return new JdbiUserRepository(scope, changes);
    }

    @Override
    public WorkloadRepository workloads() {
        return new JdbiWorkloadRepository(scope, changes);
    }

    @Override
    public TokenRepository tokens() {
        return new JdbiTokenRepository(scope, changes);
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

    /** The last thing before the commit: has the other servers learn what was changed. */
    void end() {
        changes.write();
    }
}
