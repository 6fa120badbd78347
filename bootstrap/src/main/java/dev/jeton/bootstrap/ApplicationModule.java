package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.application.audit.AuditUseCases;
import dev.jeton.application.audit.Auditor;
import dev.jeton.application.idempotency.Idempotency;
import dev.jeton.application.installation.InstallationUseCases;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.inbound.upkeep.SecretHashMaintenance;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
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
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.token.SecretHasher;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

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
        bind(InstantSource.class).toInstance(InstantSource.system());
        bind(SecureRandom.class).toInstance(new SecureRandom());
        bind(SecretHasher.class).toInstance(hasher);
        bind(UsageBuffer.class).toInstance(UsageBuffer.sizedForHeap());
        bind(StaleDigests.class).toInstance(new StaleDigests());
        bind(Authentication.class).to(VerificationUseCases.class);
        bind(TokenVerification.class).to(VerificationUseCases.class);
    }

    @Provides
    @Singleton
    TimeOrderedIds ids(InstantSource clock, SecureRandom random) {
        return new TimeOrderedIds(clock, random);
    }

    @Provides
    @Singleton
    Auditor auditor(InstantSource clock, TimeOrderedIds ids) {
        return new Auditor(clock, ids);
    }

    @Provides
    @Singleton
    Idempotency idempotency(InstantSource clock) {
        return new Idempotency(clock, retention.requestIds());
    }

    @Provides
    @Singleton
    TenantAdministration tenants(
            Transactor transactor, InstantSource clock, TimeOrderedIds ids, Auditor auditor, Idempotency idempotency) {
        return new TenantUseCases(transactor, clock, ids, auditor, idempotency);
    }

    @Provides
    @Singleton
    UserAdministration users(
            Transactor transactor, InstantSource clock, TimeOrderedIds ids, Auditor auditor, Idempotency idempotency) {
        return new UserUseCases(transactor, clock, ids, auditor, idempotency);
    }

    @Provides
    @Singleton
    WorkloadAdministration workloads(
            Transactor transactor, InstantSource clock, TimeOrderedIds ids, Auditor auditor, Idempotency idempotency) {
        return new WorkloadUseCases(transactor, clock, ids, auditor, idempotency);
    }

    @Provides
    @Singleton
    TokenAdministration tokens(
            Transactor transactor,
            InstantSource clock,
            TimeOrderedIds ids,
            SecureRandom random,
            SecretHasher hasher,
            Auditor auditor,
            Idempotency idempotency) {
        return new TokenUseCases(transactor, clock, ids, random, hasher, auditor, idempotency);
    }

    @Provides
    @Singleton
    VerificationUseCases verification(
            TokenLookup lookup,
            SecretHasher hasher,
            UsageBuffer usage,
            StaleDigests staleDigests,
            Transactor transactor,
            TimeOrderedIds ids) {
        return new VerificationUseCases(lookup, hasher, usage, staleDigests, transactor, ids);
    }

    @Provides
    @Singleton
    SecretHashMaintenance secretHashMaintenance(
            SecretHasher hasher, StaleDigests staleDigests, StoredDigests storedDigests) {
        return new SecretHashMaintenanceUseCases(hasher, staleDigests, storedDigests);
    }

    @Provides
    @Singleton
    AuditTrail audit(Transactor transactor) {
        return new AuditUseCases(transactor);
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
            InstantSource clock) {
        return new HousekeepingUseCases(usage, usageLog, tombstones, requestIds, changes, clock, retention);
    }

    @Provides
    @Singleton
    Installation installation(
            Transactor transactor,
            InstantSource clock,
            TimeOrderedIds ids,
            SecureRandom random,
            SecretHasher hasher,
            Auditor auditor) {
        return new InstallationUseCases(transactor, clock, ids, random, hasher, auditor);
    }
}
