/**
 * The customers of the platform. Begin with {@link dev.jeton.domain.tenant.Tenant}.
 */
@NullMarked
package dev.jeton.domain.tenant;

import org.jspecify.annotations.NullMarked;
