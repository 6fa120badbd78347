/** Sweep campaign: what is large is deleted, and its servers are killed while they sweep. */
@NullMarked
package dev.jeton.campaigns.sweep;

import org.jspecify.annotations.NullMarked;
