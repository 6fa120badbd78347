/**
 * Hostile clients (G15): nonsense in every field and byte of requests and metadata, abused connections, and many callers at once that could be
 * mistaken for each other. The server goes on, and others do not notice. Start with {@link dev.jeton.campaigns.hostile.HostileServers}.
 */
@NullMarked
package dev.jeton.campaigns.hostile;

import org.jspecify.annotations.NullMarked;
