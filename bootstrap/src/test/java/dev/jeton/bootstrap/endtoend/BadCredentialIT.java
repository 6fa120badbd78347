package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.reply.ReplyGuard;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers do not learn why a credential is invalid: every RPC answers each with the same bytes. */
class BadCredentialIT {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console operator = JETON.console();

    @Test
    void everyInvalidCredentialGetsTheSameBytesOnEveryRpc() {
        Map<String, String[]> credentials = credentials();
        Map<String, String> answers = new TreeMap<>();
        ApiFields.rpcs()
                .forEach((rpc, method) -> credentials.forEach((reason, values) -> {
                    Metadata headers = new Metadata();
                    for (String value : values) {
                        headers.put(AUTHORIZATION, value);
                    }
                    Channel channel = ClientInterceptors.intercept(
                            JETON.anonymous(), MetadataUtils.newAttachHeadersInterceptor(headers));
                    StatusRuntimeException refused = catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> ApiFields.call(channel, rpc, ApiFields.request(method)));
                    assertThat(refused).as("%s: %s", rpc, reason).isNotNull();
                    assertThat(refused.getStatus().getCode())
                            .as("%s: %s", rpc, reason)
                            .isEqualTo(Code.UNAUTHENTICATED);
                    answers.put(rpc + ": " + reason, refused.getStatus() + ReplyGuard.texts(refused.getTrailers()));
                }));

        assertThat(answers.values().stream().distinct()).as("%s", answers).hasSize(1);
    }

    /** Authorization headers that were valid once or are almost valid, by what is wrong with them. */
    private Map<String, String[]> credentials() {
        String good = issue(tenant()).getSecret();
        Map<String, String[]> all = new LinkedHashMap<>();
        all.put("none", new String[0]);
        all.put("another scheme", new String[] {"Basic " + good});
        all.put("no scheme", new String[] {good});
        all.put("two", new String[] {"Bearer " + good, "Bearer " + good});
        all.put("short", bearer(good.substring(0, good.length() - 1)));
        all.put("long", bearer(good + "A"));
        all.put("in another case", bearer(good.toLowerCase(Locale.ROOT)));
        all.put("followed by a space", bearer(good + " x"));
        all.put("with another random part", bearer(issue(tenant()).getSecret().substring(0, 48) + good.substring(48)));

        CreateTokenResponse cancelled = issue(tenant());
        operator.cancel(cancelled.getToken().getId());
        all.put("cancelled", bearer(cancelled.getSecret()));
        CreateTokenResponse deleted = issue(tenant());
        operator.delete(deleted.getToken().getId());
        all.put("deleted", bearer(deleted.getSecret()));
        CreateTokenResponse disabled = issue(tenant());
        operator.disableUser(disabled.getToken().getUserId());
        all.put("of a disabled user", bearer(disabled.getSecret()));
        CreateTokenResponse removed = issue(tenant());
        operator.users.deleteUser(DeleteUserRequest.newBuilder()
                .setUserId(removed.getToken().getUserId())
                .build());
        all.put("of a deleted user", bearer(removed.getSecret()));
        CreateTokenResponse suspended = issue(tenant());
        operator.suspend(suspended.getToken().getTenantId());
        all.put("of a suspended tenant", bearer(suspended.getSecret()));
        CreateTokenResponse gone = issue(tenant());
        operator.tenants.deleteTenant(DeleteTenantRequest.newBuilder()
                .setTenantId(gone.getToken().getTenantId())
                .setForce(true)
                .build());
        all.put("of a deleted tenant", bearer(gone.getSecret()));
        CreateTokenResponse expired = operator.create(request(operator.user(tenant().getId()))
                .setExpireTime(timestamp(Instant.now().plusMillis(500))));
        Awaiting.until(
                () -> operator.get(expired.getToken().getId()).getStatus().name(), "TOKEN_STATUS_EXPIRED"::equals);
        all.put("expired", bearer(expired.getSecret()));
        return all;
    }

    private static String[] bearer(String token) {
        return new String[] {"Bearer " + token};
    }

    private Tenant tenant() {
        return operator.tenant(TokenPolicy.getDefaultInstance());
    }

    private CreateTokenResponse issue(Tenant tenant) {
        return operator.create(request(operator.user(tenant.getId())));
    }

    private static CreateTokenRequest.Builder request(User owner) {
        return newToken(owner, "credential").addScopes("jeton:manage").addScopes("jeton:verify");
    }
}
