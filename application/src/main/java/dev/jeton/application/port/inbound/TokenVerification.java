package dev.jeton.application.port.inbound;

import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.Verification;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Judges presented tokens. The caller's own token is judged by the same look at the store, at the same instant, as what it asks about;
 * hence its credential and not a known caller. Every change that was acknowledged before a method is called is taken into account. A
 * denial is a result. Thread-safe; never blocks.
 *
 * <p>The stages fail with UNAUTHENTICATED if the caller's token does not pass, PERMISSION_DENIED if it lacks {@code jeton:verify}, and
 * DATABASE_UNAVAILABLE if nothing could be judged.
 */
public interface TokenVerification {

    CompletionStage<Verification> verify(PresentedToken credential, VerifyToken command);

    /** All at one instant, each with its own result, in the order of the commands. */
    CompletionStage<List<Verification>> verifyAll(PresentedToken credential, List<VerifyToken> commands);
}
