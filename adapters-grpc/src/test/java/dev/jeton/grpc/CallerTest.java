package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.access.Operation;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.TenantServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final byte[] NOTHING = {};
    private static final byte[] UNDECODABLE = {(byte) 0xff};

    private final ApiUnderTest api = new ApiUnderTest();
    private final String secret = api.gate.secret().revealSecret();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void answersEveryInvalidCredentialWithTheSameBytes() {
        Map<String, String> expected = refused(api.with());
        assertThat(expected.get("status")).contains("UNAUTHENTICATED", "authorization: Bearer jtn_");

        String foreign = Tokens.secret(Tenants.anId(), Tokens.anId()).revealSecret();
        String changed = secret.substring(0, 40) + flipped(secret.charAt(40)) + secret.substring(41);
        for (Channel channel : List.of(
                api.with(""),
                api.with("Bearer"),
                api.with("Bearer "),
                api.with(secret),
                api.with("Basic " + secret),
                api.with(" Bearer " + secret),
                api.with("Bearer\t" + secret),
                api.with("Bearer " + secret + " "),
                api.with("Bearer " + secret + "\r"),
                api.with("Bearer " + secret + "\0"),
                api.with("Bearer " + secret.substring(0, 85)),
                api.with("Bearer " + secret + "x"),
                api.with("Bearer " + secret.toUpperCase()),
                api.with("Bearer " + changed),
                api.with("Bearer " + foreign),
                api.with("Bearer " + secret + ", Bearer " + secret),
                api.with("Bearer " + secret, "Bearer " + secret),
                api.with("Bearer " + secret, ""))) {
            assertThat(refused(channel)).isEqualTo(expected);
        }
    }

    @Test
    void everyRpcRefusesCallsWithoutCredential() {
        Map<String, String> expected = refused(api.with());

        assertThat(RawCalls.allMethods()).hasSameSizeAs(Operation.values()).allSatisfy(method -> {
            String rpc = method.getFullMethodName();
            assertThat(Refusal.of(() -> RawCalls.call(api.with(), rpc, NOTHING)).bytes())
                    .isEqualTo(expected);
            assertThat(Refusal.of(() -> RawCalls.call(api.with(), rpc, UNDECODABLE))
                            .bytes())
                    .isEqualTo(expected);
            assertThat(Refusal.of(() -> RawCalls.call(foreign(), rpc, UNDECODABLE))
                            .bytes())
                    .isEqualTo(expected);
        });
    }

    @Test
    void everyRpcIsAuthorizedBeforeItsMessageIsDecoded() {
        api.gate.refuseWith(new PermissionDenied("The call needs a caller with the role OPERATOR."));

        RawCalls.allMethods().forEach(method -> {
            Refusal refusal = Refusal.of(() -> RawCalls.call(api.asCaller(), method.getFullMethodName(), UNDECODABLE));
            assertThat(refusal.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(refusal.reason()).isEqualTo("PERMISSION_DENIED");
        });

        assertThat(new TreeSet<>(api.gate.authenticated())).isEqualTo(new TreeSet<>(Set.of(Operation.values())));
        assertThat(api.gate.authenticated().stream().map(Operation::name).collect(Collectors.toSet()))
                .isEqualTo(RawCalls.allMethods()
                        .map(method -> method.getBareMethodName()
                                .replaceAll("(?<!^)([A-Z])", "_$1")
                                .toUpperCase())
                        .collect(Collectors.toSet()));
    }

    @Test
    void acceptsTheSchemeInAnyCaseFollowedByAnyNumberOfSpaces() {
        for (String scheme : List.of("bearer ", "BEARER ", "bEaReR ", "Bearer  ", "bearer     ")) {
            TenantServiceGrpc.newBlockingStub(api.with(scheme + secret))
                    .getTenant(GetTenantRequest.newBuilder()
                            .setTenantId(Tenants.anId().toString())
                            .build());
        }
    }

    @Test
    void distinguishesFailureFromBadCredential() {
        api.gate.refuseWith(new Unavailable(
                ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer; try again.", new Exception("cause")));

        Refusal refusal = Refusal.of(() -> getTenant(api.asCaller()));

        assertThat(refusal.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal.reason()).isEqualTo("DATABASE_UNAVAILABLE");
    }

    private Channel foreign() {
        return api.with("Bearer " + Tokens.secret(Tenants.anId(), Tokens.anId()).revealSecret());
    }

    private static Map<String, String> refused(Channel channel) {
        return Refusal.of(() -> getTenant(channel)).bytes();
    }

    private static void getTenant(Channel channel) {
        TenantServiceGrpc.newBlockingStub(channel)
                .getTenant(GetTenantRequest.newBuilder().setTenantId("..").build());
    }

    private static char flipped(char character) {
        return character == 'a' ? 'b' : 'a';
    }
}
