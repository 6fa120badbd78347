/**
 * Upgrade campaign: servers are restarted, or replaced by the next version, which migrates while this version serves. No caller may notice.
 * Start with {@link dev.jeton.campaigns.upgrade.Traffic}.
 */
@NullMarked
package dev.jeton.campaigns.upgrade;

import org.jspecify.annotations.NullMarked;
