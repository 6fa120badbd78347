/**
 * Whether callers notice that servers are replaced by others, of the same version or of the next, whose migrations run while the former
 * serve. {@link dev.jeton.campaigns.upgrade.Traffic} are the callers. All but the tests themselves run without a test framework.
 */
@NullMarked
package dev.jeton.campaigns.upgrade;

import org.jspecify.annotations.NullMarked;
