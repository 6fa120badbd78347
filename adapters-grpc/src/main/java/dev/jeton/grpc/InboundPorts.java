package dev.jeton.grpc;

import dev.jeton.application.port.inbound.AuditTrail;
import dev.jeton.application.port.inbound.Authentication;
import dev.jeton.application.port.inbound.TenantAdministration;
import dev.jeton.application.port.inbound.TokenAdministration;
import dev.jeton.application.port.inbound.TokenVerification;
import dev.jeton.application.port.inbound.UserAdministration;
import dev.jeton.application.port.inbound.WorkloadAdministration;

/** The application's ports that the server exposes. */
public record InboundPorts(
        Authentication authentication,
        TenantAdministration tenants,
        UserAdministration users,
        WorkloadAdministration workloads,
        TokenAdministration tokens,
        TokenVerification verification,
        AuditTrail audit) {}
