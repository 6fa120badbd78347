package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.application.audit.AuditUseCases;
import dev.jeton.application.call.Calls;
import dev.jeton.application.call.SharedIssuance;
import dev.jeton.application.installation.InstallationUseCases;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.inbound.upkeep.SecretHashMaintenance;
import dev.jeton.application.port.inbound.upkeep.Sweeping;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.application.sweep.SweepingUseCases;
import dev.jeton.application.tenant.TenantUseCases;
import dev.jeton.application.token.HousekeepingUseCases;
import dev.jeton.application.token.Retention;
import dev.jeton.application.token.SecretHashMaintenanceUseCases;
import dev.jeton.application.token.StaleDigests;
import dev.jeton.application.token.TokenUseCases;
import dev.jeton.application.token.UsageBuffer;
import dev.jeton.application.token.VerificationUseCases;
import dev.jeton.application.user.UserUseCases;
import dev.jeton.application.workload.WorkloadUseCases;
import dev.jeton.domain.token.SecretHasher;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Binds the inbound ports to the use cases. */
final class ApplicationModule extends AbstractModule {
    private final Retention retention;
    private final SecretHasher hasher;

    ApplicationModule(Retention retention, SecretHasher hasher) {
        this.retention = retention;
        this.hasher = hasher;
    }

    @Override
    protected void configure() {
        bind(SecureRandom.class).toInstance(new SecureRandom());
        bind(SecretHasher.class).toInstance(hasher);
        bind(UsageBuffer.class).toInstance(UsageBuffer.sizedForHeap());
        bind(StaleDigests.class).toInstance(new StaleDigests());
        bind(Authentication.class).to(VerificationUseCases.class);
        bind(TokenVerification.class).to(VerificationUseCases.class);
    }

    @Provides
    @Singleton
    Calls calls(Transactor transactor, SecureRandom random) {
        return new Calls(transactor, random, retention.requestIds());
    }

    @Provides
    @Singleton
    TenantAdministration tenants(Calls calls) {
        return new TenantUseCases(calls);
    }

    @Provides
    @Singleton
    UserAdministration users(Calls calls) {
        return new UserUseCases(calls);
    }

    @Provides
    @Singleton
    WorkloadAdministration workloads(Calls calls) {
        return new WorkloadUseCases(calls);
    }

    @Provides
    @Singleton
    TokenAdministration tokens(Calls calls, TokenIssuance issuance, SecureRandom random, SecretHasher hasher) {
        return new TokenUseCases(calls, new SharedIssuance(issuance, random), random, hasher);
    }

    @Provides
    @Singleton
    VerificationUseCases verification(
            TokenLookup lookup, SecretHasher hasher, UsageBuffer usage, StaleDigests staleDigests, Calls calls) {
        return new VerificationUseCases(lookup, hasher, usage, staleDigests, calls);
    }

    @Provides
    @Singleton
    SecretHashMaintenance secretHashMaintenance(
            SecretHasher hasher, StaleDigests staleDigests, StoredDigests storedDigests) {
        return new SecretHashMaintenanceUseCases(hasher, staleDigests, storedDigests);
    }

    @Provides
    @Singleton
    AuditTrail audit(Calls calls) {
        return new AuditUseCases(calls);
    }

    @Provides
    @Singleton
    AuditChaining auditChaining(AuditChainStore store) {
        return new AuditChainUseCases(store);
    }

    @Provides
    @Singleton
    Housekeeping housekeeping(
            UsageBuffer usage,
            UsageLog usageLog,
            Tombstones tombstones,
            RequestIds requestIds,
            ChangeRecords changes,
            Calls calls) {
        return new HousekeepingUseCases(usage, usageLog, tombstones, requestIds, changes, calls, retention);
    }

    @Provides
    @Singleton
    Sweeping sweeping(Calls calls) {
        return new SweepingUseCases(calls);
    }

    @Provides
    @Singleton
    Installation installation(Calls calls, SecureRandom random, SecretHasher hasher) {
        return new InstallationUseCases(calls, random, hasher);
    }
}
