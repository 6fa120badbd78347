/**
 * Tenant management, behind {@link dev.jeton.application.port.inbound.tenant.TenantAdministration}.
 */
@NullMarked
package dev.jeton.application.tenant;

import org.jspecify.annotations.NullMarked;
