package dev.jeton.campaigns.faults;

import com.google.protobuf.Timestamp;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Makes calls to the servers of a site and tells how they were answered. Thread-safe. */
final class Caller {
    private static final String VERDICT = "VERDICT_";

    private final Site site;

    Caller(Site site) {
        this.site = site;
    }

    /** Returns when it is answered, which is noted in the life too. */
    Call make(int server, Life life, Deed deed, long expiry, long patience) {
        long asked = Time.now();
        String answer;
        String tokenId = "";
        try {
            if (deed == Deed.CREATE) {
                CreateTokenResponse created = create(server, life, expiry, patience);
                tokenId = created.getToken().getId();
                life.created(tokenId, created.getSecret());
                answer = Call.OK;
            } else if (deed == Deed.VERIFY) {
                answer = verify(server, life, patience).name().replace(VERDICT, "");
            } else {
                change(server, life, deed, expiry, patience);
                answer = Call.OK;
            }
        } catch (StatusRuntimeException refused) {
            Status.Code code = refused.getStatus().getCode();
            answer = code == Status.Code.CANCELLED ? Call.CUT_OFF : code.name();
        }
        Call call = new Call(life.label(), server, deed, asked, Time.now(), patience, answer, expiry, tokenId);
        life.note(call);
        return call;
    }

    private CreateTokenResponse create(int server, Life life, long expiry, long patience) {
        return tokens(server, patience)
                .createToken(CreateTokenRequest.newBuilder()
                        .setUserId(life.owner().getId())
                        .setName(life.label())
                        .setRequestId(life.label())
                        .setExpireTime(timestamp(expiry))
                        .build());
    }

    private Verdict verify(int server, Life life, long patience) {
        Channel gateway = site.server(server).as(site.gateway());
        return VerificationServiceGrpc.newBlockingStub(gateway)
                .withDeadlineAfter(patience, TimeUnit.MICROSECONDS)
                .verifyToken(
                        VerifyTokenRequest.newBuilder().setSecret(life.secret()).build())
                .getVerdict();
    }

    private void change(int server, Life life, Deed deed, long expiry, long patience) {
        TokenServiceGrpc.TokenServiceBlockingStub tokens = tokens(server, patience);
        String id = life.tokenId();
        switch (deed) {
            case CANCEL ->
                tokens.cancelToken(
                        CancelTokenRequest.newBuilder().setTokenId(id).build());
            case REACTIVATE ->
                tokens.reactivateToken(
                        ReactivateTokenRequest.newBuilder().setTokenId(id).build());
            case RENEW ->
                tokens.renewToken(RenewTokenRequest.newBuilder()
                        .setTokenId(id)
                        .setExpireTime(timestamp(expiry))
                        .build());
            case DELETE ->
                tokens.deleteToken(
                        DeleteTokenRequest.newBuilder().setTokenId(id).build());
            case CREATE, VERIFY -> throw new IllegalArgumentException(deed.name());
        }
    }

    private TokenServiceGrpc.TokenServiceBlockingStub tokens(int server, long patience) {
        return TokenServiceGrpc.newBlockingStub(site.server(server).as(site.operator()))
                .withDeadlineAfter(patience, TimeUnit.MICROSECONDS);
    }

    private static Timestamp timestamp(long micros) {
        Instant instant = Time.instant(micros);
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
