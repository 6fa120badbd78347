package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.grpc.GrpcServerSettings;
import dev.jeton.grpc.InboundPorts;
import io.grpc.ServerCredentials;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Binds the gRPC server, not yet started, to the inbound ports. */
final class GrpcModule extends AbstractModule {
    private static final String PAGE_TOKEN_KEY = "page-tokens";
    private static final int PAGE_TOKEN_KEY_BYTES = 32;

    private final GrpcServerSettings settings;
    private final ServerCredentials credentials;

    GrpcModule(GrpcServerSettings settings, ServerCredentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    @Provides
    InboundPorts ports(
            Authentication authentication,
            TenantAdministration tenants,
            UserAdministration users,
            WorkloadAdministration workloads,
            TokenAdministration tokens,
            TokenVerification verification,
            AuditTrail audit) {
        return new InboundPorts(authentication, tenants, users, workloads, tokens, verification, audit);
    }

    @Provides
    @Singleton
    GrpcServer server(InboundPorts ports, InstallationKeys keys, SecureRandom random) {
        byte[] drawn = new byte[PAGE_TOKEN_KEY_BYTES];
        random.nextBytes(drawn);
        return new GrpcServer(settings, credentials, ports, keys.putIfAbsent(PAGE_TOKEN_KEY, drawn));
    }
}
