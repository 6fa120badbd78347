/** Managing tenants and their token policies. */
@NullMarked
package dev.jeton.application.port.inbound.tenant;

import org.jspecify.annotations.NullMarked;
