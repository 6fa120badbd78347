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
import dev.jeton.jdbi.sql.TenantScope;
import org.jdbi.v3.core.JdbiException;

/** The repositories of one transaction. Valid as long as its scope. */
final class JdbiRepositories implements Repositories {
    private final TenantScope scope;
    private final ChangeRecorder changes = new ChangeRecorder();
    private final JdbiAuditLog audit;
    private final JdbiRequestLog requests;

    JdbiRepositories(TenantScope scope) {
        this.scope = scope;
        audit = new JdbiAuditLog(scope);
        requests = new JdbiRequestLog(scope);
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
        return requests;
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
        audit.write(scope.closing());
        changes.write(scope.closing());
        scope.commit();
    }

    /** Translates a failure of the transaction if it refuses a write. */
    RuntimeException translate(JdbiException failure) {
        return scope.closing().translate(failure);
    }
}
