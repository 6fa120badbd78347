package dev.jeton.application.port.inbound;

import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import java.util.function.Consumer;

/** Creates the first operator and operator tokens. Takes no caller: access to the database is the permission. Thread-safe. */
public interface Installation {

    /**
     * Creates the system tenant, its first operator and an operator token with all reserved scopes; does nothing if the tenant exists. If
     * several replicas start on an empty store, exactly one succeeds.
     *
     * @param saveSecret receives the secret before anything is stored, so that no token is stored without its secret being saved
     * @return whether this call created the tenant
     */
    boolean installOnce(Consumer<TokenSecret> saveSecret);

    /** Issues another token with all reserved scopes to an active operator, for when all operator tokens are lost. */
    TokenSecret newOperatorToken();

    /**
     * Cancels every token with {@code jeton:manage} that belongs to an operator, except {@code newToken}, one that {@link #newOperatorToken}
     * returned. Tokens that may only verify stay valid, so that gateways go on. Each is cancelled in a transaction of its own.
     *
     * @return how many tokens were cancelled
     */
    int revokeOtherOperatorTokens(TokenId newToken);
}
