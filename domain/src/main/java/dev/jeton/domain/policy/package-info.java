/**
 * A tenant's token policy: rules as values, so that one service can be many products. Begin with
 * {@link dev.jeton.domain.policy.TokenPolicy}.
 */
@NullMarked
package dev.jeton.domain.policy;

import org.jspecify.annotations.NullMarked;
