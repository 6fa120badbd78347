package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.jdbi.Database;

/** Binds the outbound ports to their PostgreSQL implementations. */
final class JdbiModule extends AbstractModule {
    private final Database database;

    /** @param database open, and closed by the caller: a failure to open it would otherwise be wrapped by Guice */
    JdbiModule(Database database) {
        this.database = database;
    }

    @Override
    protected void configure() {
        bind(Database.class).toInstance(database);
    }

    @Provides
    Transactor transactor(Database database) {
        return database.transactor();
    }

    @Provides
    TokenIssuance tokenIssuance(Database database) {
        return database.tokenIssuance();
    }

    @Provides
    TokenLookup tokenLookup(Database database) {
        return database.tokenLookup();
    }

    @Provides
    UsageLog usageLog(Database database) {
        return database.usageLog();
    }

    @Provides
    StoredDigests storedDigests(Database database) {
        return database.storedDigests();
    }

    @Provides
    RequestIds requestIds(Database database) {
        return database.requestIds();
    }

    @Provides
    ChangeRecords changeRecords(Database database) {
        return database.changeRecords();
    }

    @Provides
    Tombstones tombstones(Database database) {
        return database.tombstones();
    }

    @Provides
    AuditChainStore auditChains(Database database) {
        return database.auditChains();
    }

    @Provides
    InstallationKeys installationKeys(Database database) {
        return database.installationKeys();
    }
}
