package dev.jeton.jdbi.management;

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
import dev.jeton.jdbi.audit.JdbiAuditLog;
import dev.jeton.jdbi.sql.ClosingStatements;
import dev.jeton.jdbi.sql.TenantScope;
import org.jdbi.v3.core.Handle;

/** The repositories of one transaction. Valid as long as its handle. */
final class JdbiRepositories implements Repositories {
    private final TenantScope scope;
    private final ChangeRecorder changes = new ChangeRecorder();
    private final ClosingStatements closing;
    private final JdbiAuditLog audit;

    JdbiRepositories(Handle handle) {
        scope = new TenantScope(handle);
        closing = new ClosingStatements(handle);
        audit = new JdbiAuditLog(scope);
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
        return audit;
    }

    @Override
    public RequestLog requests() {
        return new JdbiRequestLog(scope);
    }

    @Override
    public SweepRepository sweeps() {
        return new JdbiSweepRepository(scope, changes);
    }

    @Override
    public Moment moment() {
        return scope.moment();
    }

    /** Writes the events, records the changes for other replicas, and commits. */
    void commit() {
        audit.write(closing);
        changes.write(closing);
        closing.commit();
    }
}
