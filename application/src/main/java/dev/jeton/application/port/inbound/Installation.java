package dev.jeton.application.port.inbound;

import dev.jeton.domain.token.TokenSecret;
import java.util.function.Consumer;

/** Makes a store usable. It has no caller: whoever holds the database may do this. Thread-safe. */
public interface Installation {

    /**
     * Makes the system tenant with its first operator and that operator's token, which has all reserved scopes; does nothing where there
     * is one already. When several replicas start at once on an empty store, one of them does it.
     *
     * @param keep called with the secret before anything is stored, so that no token is stored whose secret nobody has
     * @return whether this call made it
     */
    boolean installOnce(Consumer<TokenSecret> keep);

    /** Makes one more token, with all reserved scopes, for an active operator: the way back in when all are lost. */
    TokenSecret newOperatorToken();
}
