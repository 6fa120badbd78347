package dev.jeton.application.token;

import java.time.Duration;

/**
 * How long expired records are kept.
 *
 * @param deletedTokens tombstones of deleted tokens
 * @param requestIds request ids of creates
 * @param changes change records; a replica further behind reloads everything
 */
public record Retention(Duration deletedTokens, Duration requestIds, Duration changes) {}
