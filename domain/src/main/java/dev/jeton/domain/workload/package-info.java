/**
 * Workloads: what tokens give access to. Start with {@link dev.jeton.domain.workload.Workload}.
 */
@NullMarked
package dev.jeton.domain.workload;

import org.jspecify.annotations.NullMarked;
