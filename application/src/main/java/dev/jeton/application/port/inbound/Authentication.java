package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.user.UserId;
import java.util.concurrent.CompletionStage;

/** Finds out who is calling and whether to hear that caller at all. Thread-safe; never blocks. */
public interface Authentication {

    /**
     * Judges the token that a call was made with as any other, but that it need not be assigned to a workload: a caller uses none. Every
     * change acknowledged before is taken into account. The stage fails with UNAUTHENTICATED, the same for whatever reason;
     * PERMISSION_DENIED if this caller may never do this; DATABASE_UNAVAILABLE.
     */
    CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation);

    /**
     * The caller acting as another user of its tenant; an operator, of any. That user's role counts, but never above the caller's own.
     * Blocks. PERMISSION_DENIED without the scope {@code jeton:act-as}, and if that user may never do this; USER_NOT_FOUND;
     * ACTED_USER_DISABLED also if its tenant is suspended.
     */
    Caller actAs(Caller caller, UserId userId, Operation operation);
}
