package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.domain.token.PresentedToken;
import java.util.concurrent.CompletionStage;

/** Finds out who is calling and whether to hear that caller at all. Thread-safe; never blocks. */
public interface Authentication {

    /**
     * Judges the token that a call was made with as any other, but that it need not be assigned to a workload: a caller uses none. Every
     * change acknowledged before is taken into account. The stage fails with UNAUTHENTICATED, the same for whatever reason;
     * PERMISSION_DENIED if this caller may never do this; DATABASE_UNAVAILABLE.
     */
    CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation);
}
