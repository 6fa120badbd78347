/**
 * What a client does that means no good: nonsense in every field and in every byte, connections that are never finished, many callers at
 * once that may be taken for each other. The server goes on, and others do not notice. Begin with
 * {@link dev.jeton.campaigns.hostile.HostileServers}.
 */
@NullMarked
package dev.jeton.campaigns.hostile;

import org.jspecify.annotations.NullMarked;
