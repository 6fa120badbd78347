/**
 * What tokens give access to. Begin with {@link dev.jeton.domain.workload.Workload}.
 */
@NullMarked
package dev.jeton.domain.workload;

import org.jspecify.annotations.NullMarked;
