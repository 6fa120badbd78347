package dev.jeton.grpc;

import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;

/** The application's ports that the server exposes. */
public record InboundPorts(
        Authentication authentication,
        TenantAdministration tenants,
        UserAdministration users,
        WorkloadAdministration workloads,
        TokenAdministration tokens,
        TokenVerification verification,
        AuditTrail audit) {}
