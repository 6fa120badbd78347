/**
 * Workload management, behind {@link dev.jeton.application.port.inbound.WorkloadAdministration}.
 */
@NullMarked
package dev.jeton.application.workload;

import org.jspecify.annotations.NullMarked;
