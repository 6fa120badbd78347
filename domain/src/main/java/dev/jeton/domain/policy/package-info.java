/**
 * A tenant's token policy and its rules. Start with {@link dev.jeton.domain.policy.TokenPolicy}.
 */
@NullMarked
package dev.jeton.domain.policy;

import org.jspecify.annotations.NullMarked;
