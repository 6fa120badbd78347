/**
 * Tenant management, behind {@link dev.jeton.application.port.inbound.TenantAdministration}.
 */
@NullMarked
package dev.jeton.application.tenant;

import org.jspecify.annotations.NullMarked;
