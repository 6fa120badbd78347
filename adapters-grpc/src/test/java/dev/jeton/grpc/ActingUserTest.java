package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.PreconditionFailure;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.ListUsersResponse;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metadata {@code jeton-acting-user} and {@code jeton-call-id}. */
class ActingUserTest {
    private static final Metadata.Key<String> CALL_ID =
            Metadata.Key.of("jeton-call-id", Metadata.ASCII_STRING_MARSHALLER);

    private static final byte[] UNDECODABLE = {(byte) 0xff};

    private final ApiUnderTest api = new ApiUnderTest();
    private final UserId user = Users.anId();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void callIsMadeAsTheActingUser() {
        profile(api.actingAs(user.toString()));

        Caller caller = (Caller) api.users.asked().get(1);
        assertThat(caller.userId()).isEqualTo(user);
        assertThat(caller.actorId()).isEqualTo(api.gate.caller().userId());
    }

    @Test
    void callerActsAsItselfByDefault() {
        profile(api.asCaller());

        assertThat(api.users.asked()).containsExactly("profile", api.gate.caller());
    }

    @Test
    void refusesMalformedActingUserIds() {
        for (Channel channel : List.of(
                api.actingAs(""),
                api.actingAs(".."),
                api.actingAs(" " + user),
                api.actingAs(user + " "),
                api.actingAs(user + "\0"),
                api.actingAs("\0" + user),
                api.actingAs(user.toString().replace("-", "")),
                api.actingAs("{" + user + "}"),
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
    void callerWithoutActAsIsDenied() {
        api.gate.callAs(withScopes(Scope.MANAGE, Scope.VERIFY));

        for (String value : List.of(user.toString(), "..", "")) {
            assertThat(Refusal.of(() -> profile(api.actingAs(value))).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void aMemberIsDeniedBeforeTheValueIsRead() {
        Caller operator = api.gate.caller();
        api.gate.callAs(new Caller(
                operator.tenantId(),
                operator.userId(),
                Role.MEMBER,
                operator.scopes(),
                operator.tokenId(),
                operator.actorId(),
                operator.callId()));

        for (String value : List.of(user.toString(), "..", "")) {
            assertThat(Refusal.of(() -> profile(api.actingAs(value))).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        assertThat(api.gate.acted()).isEmpty();
    }

    @Test
    void callerWithoutActAsGetsTheSameAnswerForEveryValue() {
        api.gate.callAs(withScopes(Scope.MANAGE));
        Map<String, String> expected =
                Refusal.of(() -> profile(api.actingAs(user.toString()))).bytes();

        for (Channel channel : List.of(
                api.actingAs(""),
                api.actingAs(user + "\0"),
                api.actingAs(" " + user),
                api.actingAs(user.toString(), user.toString()))) {
            assertThat(Refusal.of(() -> profile(channel)).bytes()).isEqualTo(expected);
        }
        assertThat(api.gate.acted()).isEmpty();
    }

    @Test
    void missingCredentialIsReportedFirst() {
        Map<String, String> expected = Refusal.of(() -> profile(api.with())).bytes();

        for (String value : List.of(user.toString(), "..", "")) {
            Metadata headers = new Metadata();
            headers.put(ApiUnderTest.ACTING_USER, value);
            Channel channel = ClientInterceptors.intercept(
                    api.with("Bearer jtn_x"), MetadataUtils.newAttachHeadersInterceptor(headers));
            assertThat(Refusal.of(() -> profile(channel)).bytes()).isEqualTo(expected);
        }
    }

    @Test
    void everyManagementCallIsAuthorizedForTheActingUser() {
        api.gate.refuseActingWith(new PermissionDenied("The call needs a caller with the role OPERATOR, not MEMBER."));

        RawCalls.allMethods()
                .filter(method -> !"jeton.v1.VerificationService".equals(method.getServiceName()))
                .forEach(method -> assertThat(Refusal.of(() -> RawCalls.call(
                                        api.actingAs(user.toString()), method.getFullMethodName(), UNDECODABLE))
                                .code())
                        .as(method.getFullMethodName())
                        .isEqualTo(Status.Code.PERMISSION_DENIED));

        assertThat(api.gate.acted())
                .containsExactlyElementsOf(api.gate.authenticated())
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(Operation.VERIFY_TOKEN, Operation.BATCH_VERIFY_TOKENS)));
    }

    @Test
    void refusesUsersWhoCannotBeActedAs() {
        api.gate.refuseActingWith(new FailedPrecondition(
                ErrorReason.ACTED_USER_DISABLED, "User is disabled.", Map.of("user_id", user.toString())));

        Refusal refusal = Refusal.of(() -> profile(api.actingAs(user.toString())));

        assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refusal.reason()).isEqualTo("ACTED_USER_DISABLED");
        assertThat(refusal.detail(PreconditionFailure.class).getViolations(0).getSubject())
                .isEqualTo("user_id:" + user);
        assertThat(api.users.timesAsked()).isZero();
    }

    @Test
    void pageTokenIsBoundToTheActingUser() {
        api.users.answerWith(new Page<>(List.of(), new Cursor(user.value())));
        String token = listUsers(api.actingAs(user.toString()), "").getNextPageToken();

        assertThat(listUsers(api.actingAs(user.toString()), token).getNextPageToken())
                .isNotEmpty();
        for (Channel other : List.of(api.actingAs(Users.anId().toString()), api.asCaller())) {
            assertThat(Refusal.of(() -> listUsers(other, token)).violations())
                    .containsExactly("page_token INVALID_PAGE_TOKEN");
        }
    }

    @Test
    void verificationIgnoresTheActingUser() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        api.gate.callAs(withScopes(Scope.VERIFY));

        VerificationServiceGrpc.newBlockingStub(api.actingAs(".."))
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
                .verifyToken(VerifyTokenRequest.getDefaultInstance());

        assertThat(api.gate.acted()).isEmpty();
        assertThat(headers.get().get(CALL_ID)).isNull();
    }

    @Test
    void replyCarriesTheCallId() {
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
    void refusalHasNoCallId() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();

        Refusal.of(() -> UserServiceGrpc.newBlockingStub(api.actingAs(".."))
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                .getProfile(GetProfileRequest.getDefaultInstance()));

        assertThat(headers.get()).isNull();
        assertThat(trailers.get().get(CALL_ID)).isNull();
    }

    @Test
    void refusalByTheApplicationHasNoCallId() {
        api.users.failWith(new NotFound(ErrorReason.USER_NOT_FOUND, "There is no such user.", Map.of()));
        AtomicReference<Metadata> headers = new AtomicReference<>();
        Refusal first = Refusal.of(() -> UserServiceGrpc.newBlockingStub(api.asCaller())
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
                .getProfile(GetProfileRequest.getDefaultInstance()));

        api.gate.callAs(api.gate.caller().inCall(new CallId(UUID.randomUUID())));
        Refusal second = Refusal.of(() -> profile(api.asCaller()));

        assertThat(headers.get()).isNull();
        assertThat(first.bytes()).doesNotContainKey("jeton-call-id").isEqualTo(second.bytes());
    }

    private Caller withScopes(Scope... scopes) {
        Caller caller = api.gate.caller();
        return new Caller(
                caller.tenantId(),
                caller.userId(),
                caller.role(),
                Scopes.of(scopes),
                caller.tokenId(),
                caller.actorId(),
                caller.callId());
    }

    private static ListUsersResponse listUsers(Channel channel, String pageToken) {
        return UserServiceGrpc.newBlockingStub(channel)
                .listUsers(ListUsersRequest.newBuilder().setPageToken(pageToken).build());
    }

    private static void profile(Channel channel) {
        UserServiceGrpc.newBlockingStub(channel).getProfile(GetProfileRequest.getDefaultInstance());
    }
}
