package dev.jeton.application.port.inbound.verification;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.user.UserId;
import java.util.concurrent.CompletionStage;

/** Authenticates callers and authorizes their operations. Thread-safe. */
public interface Authentication {

    /**
     * Verifies the token of a call, which need not be assigned to a workload. Sees every change acknowledged before the call. Never blocks. The
     * stage fails with UNAUTHENTICATED, with the same message for every cause; PERMISSION_DENIED if the caller may not perform the
     * operation; SECRET_KEY_MISSING; DATABASE_UNAVAILABLE.
     */
    CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation);

    /**
     * Returns the caller acting as another user of its tenant or, for an operator, of any tenant. The lower of the two roles applies. Blocks.
     * Fails with PERMISSION_DENIED without the scope {@code jeton:act-as} and at least the role TENANT_ADMIN, or if that user may not
     * perform the operation; USER_NOT_FOUND;
     * ACTED_USER_DISABLED if the user is disabled or its tenant suspended.
     */
    Caller actAs(Caller caller, UserId userId, Operation operation);
}
