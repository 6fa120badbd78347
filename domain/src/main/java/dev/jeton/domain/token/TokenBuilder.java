package dev.jeton.domain.token;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds the next revision of a token. */
final class TokenBuilder {
    private final Token token;
    private TokenName name;
    private NameUniqueness nameUniqueness;
    private FreeText description;
    private Scopes scopes;
    private WorkloadBinding binding;
    private Expiry expiry;
    private @Nullable Cancellation cancellation;

    TokenBuilder(Token token) {
        this.token = token;
        name = token.name();
        nameUniqueness = token.nameUniqueness();
        description = token.description();
        scopes = token.scopes();
        binding = token.binding();
        expiry = token.expiry();
        cancellation = token.cancellation();
    }

    TokenBuilder name(TokenName newName, NameUniqueness newUniqueness) {
        name = newName;
        nameUniqueness = newUniqueness;
        return this;
    }

    TokenBuilder description(FreeText newDescription) {
        description = newDescription;
        return this;
    }

    TokenBuilder scopes(Scopes newScopes) {
        scopes = newScopes;
        return this;
    }

    TokenBuilder binding(WorkloadBinding newBinding) {
        binding = newBinding;
        return this;
    }

    TokenBuilder expiry(Expiry newExpiry) {
        expiry = newExpiry;
        return this;
    }

    TokenBuilder cancellation(@Nullable Cancellation newCancellation) {
        cancellation = newCancellation;
        return this;
    }

    /** Returns the original token if nothing differs, else its next revision. */
    Token revised(Instant now) {
        Token same = with(token.revision());
        return same.equals(token) ? token : with(token.revision().next(now));
    }

    private Token with(Revision revision) {
        return new Token(
                token.tenantId(),
                token.id(),
                token.ownerId(),
                binding,
                name,
                nameUniqueness,
                description,
                scopes,
                token.secretHint(),
                expiry,
                cancellation,
                token.lastUsedTime(),
                revision);
    }
}
