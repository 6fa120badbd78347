package dev.jeton.application.port.outbound.contract;

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

/** The outbound ports of one store. */
public interface Persistence {

    Transactor transactor();

    TokenIssuance tokenIssuance();

    TokenLookup tokenLookup();

    UsageLog usageLog();

    StoredDigests storedDigests();

    RequestIds requestIds();

    ChangeRecords changeRecords();

    Tombstones tombstones();

    AuditChainStore auditChains();

    InstallationKeys installationKeys();
}
