/**
 * G2: once a change is acknowledged, no replica answers with the old verdict. Two servers share a database; clients revoke, restore and verify
 * through both, and a checker judges the recorded history. Start with {@link dev.jeton.campaigns.strictness.Campaign}.
 */
@NullMarked
package dev.jeton.campaigns.strictness;

import org.jspecify.annotations.NullMarked;
