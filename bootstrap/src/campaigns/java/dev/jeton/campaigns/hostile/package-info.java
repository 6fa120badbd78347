/**
 * Hostile clients (G15): fuzzed requests and metadata, abused connections, and many concurrent callers that could be confused with each other.
 * The server keeps serving, and others do not notice. Start with {@link dev.jeton.campaigns.hostile.HostileServers}.
 */
@NullMarked
package dev.jeton.campaigns.hostile;

import org.jspecify.annotations.NullMarked;
