package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.tenant.Tenant;

/** Lists across tenants, for operators only. See {@link Repositories} for its lifetime. */
public interface Directory {

    /** Returns all tenants by descending id. */
    Page<Tenant> tenants(PageRequest page);
}
