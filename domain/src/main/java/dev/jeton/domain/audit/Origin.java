package dev.jeton.domain.audit;

import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What causes changes: the part of an audit event that is the same for all changes of one call.
 *
 * @param action the RPC name, or the name of a local command
 * @param actorId the owner of the call's token; null for a local command
 * @param tokenId the call's token; null for a local command
 * @param actingUserId the user that the actor acted as; null if it acted as itself
 */
public record Origin(
        String action,
        @Nullable UserId actorId,
        @Nullable TokenId tokenId,
        @Nullable UserId actingUserId,
        CallId callId) {}
