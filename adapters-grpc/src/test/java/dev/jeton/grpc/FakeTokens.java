package dev.jeton.grpc;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.token.TokenStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers every call with one token. */
public final class FakeTokens extends FakePort implements TokenAdministration {
    private boolean replayed;
    private TokenView token = new TokenView(Tokens.of(Users.member(Tenants.anId())), TokenStatus.ACTIVE);
    private Page<TokenView> page = new Page<>(List.of(), null);
    private final TokenSecret secret =
            Tokens.secret(token.token().tenantId(), token.token().id());

    public void answerWith(TokenView next) {
        token = next;
    }

    public void answerWith(Page<TokenView> next) {
        page = next;
    }

    public TokenSecret secret() {
        return secret;
    }

    /** Makes every later create a replay. */
    public void replay() {
        replayed = true;
    }

    @Override
    public IssuedToken create(Caller caller, CreateToken command) {
        return answer(new IssuedToken(token, replayed ? null : secret), "create", caller, command);
    }

    @Override
    public TokenView get(Caller caller, TokenId tokenId) {
        return answer(token, "get", caller, tokenId);
    }

    @Override
    public Page<TokenView> list(Caller caller, ListTokens query) {
        return answer(page, "list", caller, query);
    }

    @Override
    public TokenView update(Caller caller, UpdateToken command) {
        return answer(token, "update", caller, command);
    }

    @Override
    public TokenView assign(Caller caller, AssignToken command) {
        return answer(token, "assign", caller, command);
    }

    @Override
    public TokenView cancel(Caller caller, CancelToken command) {
        return answer(token, "cancel", caller, command);
    }

    @Override
    public TokenView reactivate(Caller caller, TokenId tokenId, @Nullable Etag etag) {
        return answer(token, "reactivate", caller, tokenId, etag);
    }

    @Override
    public TokenView renew(Caller caller, RenewToken command) {
        return answer(token, "renew", caller, command);
    }

    @Override
    public void delete(Caller caller, TokenId tokenId, @Nullable Etag etag) {
        answer("delete", "delete", caller, tokenId, etag);
    }
}
