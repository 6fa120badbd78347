/**
 * Upgrade campaign: servers are restarted, or replaced by the next version, whose migrations run while this version serves. No caller may
 * notice. {@link dev.jeton.campaigns.upgrade.Traffic} are the callers.
 */
@NullMarked
package dev.jeton.campaigns.upgrade;

import org.jspecify.annotations.NullMarked;
