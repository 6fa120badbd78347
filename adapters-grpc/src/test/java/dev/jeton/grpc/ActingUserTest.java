package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Caller;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.user.UserId;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metadata that says whom a call acts as, and the one that says which call it was. */
class ActingUserTest {
    private static final Metadata.Key<String> CALL_ID =
            Metadata.Key.of("jeton-call-id", Metadata.ASCII_STRING_MARSHALLER);

    private final ApiUnderTest api = new ApiUnderTest();
    private final UserId user = Users.anId();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theCallIsMadeAsThatUser() {
        profile(api.actingAs(user.toString()));

        Caller caller = (Caller) api.users.asked().get(1);
        assertThat(caller.userId()).isEqualTo(user);
        assertThat(caller.actorId()).isEqualTo(api.gate.caller().userId());
    }

    @Test
    void withoutItTheCallerIsItself() {
        profile(api.asCaller());

        assertThat(api.users.asked()).containsExactly("profile", api.gate.caller());
    }

    @Test
    void whatIsNoUserIdIsRefused() {
        for (Channel channel : List.of(
                api.actingAs(""),
                api.actingAs(".."),
                api.actingAs(" " + user),
                api.actingAs(user + " "),
                api.actingAs(user + "," + user),
                api.actingAs(user.toString(), user.toString()),
                api.actingAs(user.toString(), Users.anId().toString()))) {
            Refusal refusal = Refusal.of(() -> profile(channel));
            assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refusal.fields()).containsExactlyInAnyOrder("jeton-acting-user");
        }
        assertThat(api.users.timesAsked()).isZero();
    }

    @Test
    void whoMayNotActAsOthersIsToldNoMore() {
        Caller caller = api.gate.caller();
        api.gate.callAs(new Caller(
                caller.tenantId(),
                caller.userId(),
                caller.role(),
                Scopes.of(Scope.MANAGE, Scope.VERIFY),
                caller.tokenId(),
                caller.actorId(),
                caller.callId()));

        for (String value : List.of(user.toString(), "..", "")) {
            assertThat(Refusal.of(() -> profile(api.actingAs(value))).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void verificationTakesNoNoticeOfIt() {
        VerificationServiceGrpc.newBlockingStub(api.actingAs(".."))
                .verifyToken(VerifyTokenRequest.getDefaultInstance());
    }

    @Test
    void anAnswerSaysWhichCallItWas() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();

        UserServiceGrpc.newBlockingStub(api.asCaller())
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                .getProfile(GetProfileRequest.getDefaultInstance());

        assertThat(headers.get().get(CALL_ID))
                .isEqualTo(api.gate.caller().callId().toString());
        assertThat(trailers.get().get(CALL_ID)).isNull();
    }

    @Test
    void aRefusalDoesNot() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();

        Refusal.of(() -> UserServiceGrpc.newBlockingStub(api.actingAs(".."))
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                .getProfile(GetProfileRequest.getDefaultInstance()));

        assertThat(headers.get()).isNull();
        assertThat(trailers.get().get(CALL_ID)).isNull();
    }

    private static void profile(Channel channel) {
        UserServiceGrpc.newBlockingStub(channel).getProfile(GetProfileRequest.getDefaultInstance());
    }
}
