package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.Tenant;

/** The directory of one transaction. */
final class InMemoryDirectory implements Directory {
    private final Transaction transaction;

    InMemoryDirectory(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Page<Tenant> tenants(PageRequest page) {
        return Paging.descending(transaction.state().tenants.values().stream(), page, tenant -> tenant.id()
                .value());
    }
}
