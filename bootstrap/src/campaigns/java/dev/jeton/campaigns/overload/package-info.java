/** A server that gets ten times as many calls as it can handle. */
@NullMarked
package dev.jeton.campaigns.overload;

import org.jspecify.annotations.NullMarked;
