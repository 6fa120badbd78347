/**
 * Whether what was acknowledged by one server process counts at once in another: campaigns of changes and verifications on two of them, with
 * a checker of what was recorded, and the database's troubles as two of them answer for it, up to the loss of its primary. Begin at
 * {@link dev.jeton.campaigns.strictness.Campaign}. All but the tests themselves run without a test framework.
 */
@NullMarked
package dev.jeton.campaigns.strictness;

import org.jspecify.annotations.NullMarked;
