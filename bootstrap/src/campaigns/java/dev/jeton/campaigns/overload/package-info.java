/** Overload campaign: a server gets ten times its capacity. */
@NullMarked
package dev.jeton.campaigns.overload;

import org.jspecify.annotations.NullMarked;
