package dev.jeton.application.call;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.domain.audit.CallId;
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
        CallId callId) {

    static Origin of(Caller caller, Operation operation) {
        CallId callId = caller.callId();
        if (callId == null) {
            throw new IllegalStateException("A management call must have a call id");
        }
        return new Origin(
                operation.rpcName(),
                caller.actorId(),
                caller.tokenId(),
                caller.userId().equals(caller.actorId()) ? null : caller.userId(),
                callId);
    }

    /** Returns the origin of a command run on the machine itself, which has no caller. */
    static Origin local(String action, CallId callId) {
        return new Origin(action, null, null, null, callId);
    }
}
