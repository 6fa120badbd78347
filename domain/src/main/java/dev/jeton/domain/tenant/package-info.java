/**
 * Tenants, the customers of the platform. Start with {@link dev.jeton.domain.tenant.Tenant}.
 */
@NullMarked
package dev.jeton.domain.tenant;

import org.jspecify.annotations.NullMarked;
