package dev.jeton.application.port.inbound.verification;

import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.verification.Verification;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Verifies presented tokens. Takes the caller's credential instead of a {@link dev.jeton.application.access.Caller}, because one lookup at one instant covers both
 * tokens. Sees every change acknowledged before the call. A denial is a result, not a failure. Thread-safe; never blocks.
 *
 * <p>The stages fail with UNAUTHENTICATED if the caller's token is not valid, PERMISSION_DENIED if it lacks {@code jeton:verify},
 * SECRET_KEY_MISSING if this replica lacks the hash key of the caller's secret or of the only one to verify, and DATABASE_UNAVAILABLE if
 * the store does not answer.
 */
public interface TokenVerification {

    /** Never returns {@link Verification.Undecided}: the stage fails instead. */
    CompletionStage<Verification> verify(PresentedToken credential, VerifyToken command);

    /**
     * Verifies all at one instant. Returns one result for each command, in order. A fault that concerns one secret only, such as a hash key
     * that this replica lacks, makes only that result {@link Verification.Undecided}.
     */
    CompletionStage<List<Verification>> verifyAll(PresentedToken credential, List<VerifyToken> commands);
}
