package dev.jeton.grpc.token;

import static dev.jeton.grpc.call.CallContext.caller;
import static dev.jeton.grpc.message.RequestReader.etag;

import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.grpc.call.Replies;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.PageTokens;
import dev.jeton.v1.AssignTokenRequest;
import dev.jeton.v1.AssignTokenResponse;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CancelTokenResponse;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.DeleteTokenResponse;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.GetTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.ReactivateTokenResponse;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.RenewTokenResponse;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.UpdateTokenResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@link TokenAdministration}. Thread-safe; its methods block. */
public final class TokenGrpcService extends TokenServiceGrpc.TokenServiceImplBase {
    private final TokenAdministration tokens;
    private final PageTokens pageTokens;

    public TokenGrpcService(TokenAdministration tokens, PageTokens pageTokens) {
        this.tokens = tokens;
        this.pageTokens = pageTokens;
    }

    /** The only reply that contains a secret. */
    @Override
    public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> replies) {
        IssuedToken issued = tokens.create(caller(), TokenProtos.createToken(request));
        CreateTokenResponse.Builder reply = CreateTokenResponse.newBuilder()
                .setToken(TokenProtos.token(issued.view()))
                .setReplayed(issued.replayed());
        if (issued.secret() != null) {
            reply.setSecret(issued.secret().revealSecret());
        }
        Replies.send(replies, reply.build());
    }

    @Override
    public void getToken(GetTokenRequest request, StreamObserver<GetTokenResponse> replies) {
        TokenView token = tokens.get(caller(), TokenProtos.tokenId(request.getTokenId()));
        Replies.send(
                replies,
                GetTokenResponse.newBuilder().setToken(TokenProtos.token(token)).build());
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> replies) {
        PageQuery query = pageTokens.query(caller(), request);
        Page<TokenView> page = tokens.list(caller(), TokenProtos.listTokens(request, query));
        Replies.send(replies, TokenProtos.tokens(page, query));
    }

    @Override
    public void updateToken(UpdateTokenRequest request, StreamObserver<UpdateTokenResponse> replies) {
        TokenView token = tokens.update(caller(), TokenProtos.updateToken(request));
        Replies.send(
                replies,
                UpdateTokenResponse.newBuilder()
                        .setToken(TokenProtos.token(token))
                        .build());
    }

    @Override
    public void assignToken(AssignTokenRequest request, StreamObserver<AssignTokenResponse> replies) {
        TokenView token = tokens.assign(caller(), TokenProtos.assignToken(request));
        Replies.send(
                replies,
                AssignTokenResponse.newBuilder()
                        .setToken(TokenProtos.token(token))
                        .build());
    }

    @Override
    public void cancelToken(CancelTokenRequest request, StreamObserver<CancelTokenResponse> replies) {
        TokenView token = tokens.cancel(caller(), TokenProtos.cancelToken(request));
        Replies.send(
                replies,
                CancelTokenResponse.newBuilder()
                        .setToken(TokenProtos.token(token))
                        .build());
    }

    @Override
    public void reactivateToken(ReactivateTokenRequest request, StreamObserver<ReactivateTokenResponse> replies) {
        TokenView token =
                tokens.reactivate(caller(), TokenProtos.tokenId(request.getTokenId()), etag(request.getEtag()));
        Replies.send(
                replies,
                ReactivateTokenResponse.newBuilder()
                        .setToken(TokenProtos.token(token))
                        .build());
    }

    @Override
    public void renewToken(RenewTokenRequest request, StreamObserver<RenewTokenResponse> replies) {
        TokenView token = tokens.renew(caller(), TokenProtos.renewToken(request));
        Replies.send(
                replies,
                RenewTokenResponse.newBuilder()
                        .setToken(TokenProtos.token(token))
                        .build());
    }

    @Override
    public void deleteToken(DeleteTokenRequest request, StreamObserver<DeleteTokenResponse> replies) {
        tokens.delete(caller(), TokenProtos.tokenId(request.getTokenId()), etag(request.getEtag()));
        Replies.send(replies, DeleteTokenResponse.getDefaultInstance());
    }
}
