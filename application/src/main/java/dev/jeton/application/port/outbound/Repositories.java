package dev.jeton.application.port.outbound;

/**
 * The repositories of one transaction. Valid only inside the work they are passed to, on that thread. After a repository has thrown, the
 * transaction can only roll back. A write is visible to what follows in the transaction, but what refuses it may be thrown as late as by the
 * next read or by the commit; an exception that was thrown by the transaction has undone all of it.
 */
public interface Repositories {

    TenantRepository tenants();

    UserRepository users();

    WorkloadRepository workloads();

    TokenRepository tokens();

    Directory directory();

    AuditLog audit();

    RequestLog requests();

    SweepRepository sweeps();

    /**
     * Returns the time of the transaction: when its last lock was taken, or else when it first read a tenant. Only this clock counts; a
     * server's own may be wrong.
     */
    Moment moment();
}
