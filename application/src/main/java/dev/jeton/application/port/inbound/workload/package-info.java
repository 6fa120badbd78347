/** Managing workloads. */
@NullMarked
package dev.jeton.application.port.inbound.workload;

import org.jspecify.annotations.NullMarked;
