package dev.jeton.application.port.outbound;

/** What one transaction can reach. Valid only inside the work that it was handed to, on that thread. Once a
 * repository has refused something, the transaction can only be rolled back. */
public interface Repositories {

    TenantRepository tenants();

    UserRepository users();

    WorkloadRepository workloads();

    TokenRepository tokens();

    Directory directory();

    AuditLog audit();

    RequestLog requests();
}
