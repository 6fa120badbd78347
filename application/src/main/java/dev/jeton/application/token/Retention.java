package dev.jeton.application.token;

import java.time.Duration;

/**
 * For how long what is over is remembered.
 *
 * @param deletedTokens that there was such a token
 * @param requestIds that a create was done
 * @param changes what was changed, for servers that follow
 */
public record Retention(Duration deletedTokens, Duration requestIds, Duration changes) {}
