/**
 * Workload management, behind {@link dev.jeton.application.port.inbound.workload.WorkloadAdministration}.
 */
@NullMarked
package dev.jeton.application.workload;

import org.jspecify.annotations.NullMarked;
