package dev.jeton.grpc.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.inbound.token.AssignToken;
import dev.jeton.application.port.inbound.token.CancelToken;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.ListTokens;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.application.port.inbound.token.UpdateToken;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.AssignTokenRequest;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.StringList;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UpdateTokenRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenGrpcServiceTest {
    private static final Instant LATER = Instant.parse("2027-01-02T03:04:05.678901Z");

    private final ApiUnderTest api = new ApiUnderTest();
    private final TokenServiceGrpc.TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(api.asCaller());
    private final User owner = Users.member(Tenants.anId());
    private final Token token = Tokens.of(owner);
    private final String id = token.id().toString();

    TokenGrpcServiceTest() {
        api.tokens.answerWith(new TokenView(token, TokenStatus.ACTIVE));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsTokenAndShowsItsSecret() {
        CreateTokenResponse reply = tokens.createToken(
                CreateTokenRequest.newBuilder().setName("nightly").build());

        assertThat(api.tokens.asked())
                .containsExactly(
                        "create",
                        api.gate.caller(),
                        new CreateToken(
                                null,
                                null,
                                new TokenDraft(
                                        new TokenName("nightly"),
                                        new FreeText(""),
                                        ExpirationChoice.unspecified(),
                                        Set.of(),
                                        Scopes.NONE),
                                null));
        assertThat(reply.getSecret()).isEqualTo(api.tokens.secret().revealSecret());
        assertThat(reply.getToken().toString()).doesNotContain(reply.getSecret());
    }

    @Test
    void readsEveryFieldOfCreation() {
        WorkloadId workload = Workloads.anId();

        tokens.createToken(CreateTokenRequest.newBuilder()
                .setTenantId(owner.tenantId().toString())
                .setUserId(owner.id().toString())
                .setName("nightly")
                .setDescription("two\nlines")
                .setLifetime(Duration.newBuilder().setSeconds(86_400))
                .addWorkloadIds(workload.toString())
                .addWorkloadIds(workload.toString())
                .addScopes("write")
                .addScopes("read")
                .addScopes("write")
                .build());

        assertThat(api.tokens.asked())
                .contains(new CreateToken(
                        owner.tenantId(),
                        owner.id(),
                        new TokenDraft(
                                new TokenName("nightly"),
                                new FreeText("two\nlines"),
                                new ExpirationChoice.After(Lifetime.ofDays(1)),
                                Set.of(workload),
                                Scopes.of(new Scope("read"), new Scope("write"))),
                        null));
    }

    @Test
    void showsEverythingButTheSecret() {
        WorkloadId first = Workloads.anId();
        WorkloadId second = Workloads.anId();
        Token full = Token.issue(
                        owner.tenantId(),
                        Tokens.anId(),
                        owner.id(),
                        new TokenDraft(
                                new TokenName("nightly"),
                                new FreeText("about"),
                                new ExpirationChoice.At(LATER),
                                Set.of(second, first),
                                Scopes.of(new Scope("b"), new Scope("a"))),
                        token.secretHint(),
                        Policies.boundTo(2),
                        Instant.parse("2026-03-05T10:15:30.123456Z"))
                .cancel(new FreeText("lost"), owner.id(), Role.MEMBER, Instant.parse("2026-03-06T10:15:30.654321Z"));
        api.tokens.answerWith(new TokenView(full, TokenStatus.CANCELLED));

        dev.jeton.v1.Token reply = tokens.getToken(
                        GetTokenRequest.newBuilder().setTokenId(id).build())
                .getToken();

        assertThat(api.tokens.asked()).containsExactly("get", api.gate.caller(), token.id());
        assertThat(reply)
                .isEqualTo(dev.jeton.v1.Token.newBuilder()
                        .setId(full.id().toString())
                        .setTenantId(owner.tenantId().toString())
                        .setUserId(owner.id().toString())
                        .setName("nightly")
                        .setDescription("about")
                        .setStatus(dev.jeton.v1.TokenStatus.TOKEN_STATUS_CANCELLED)
                        .addWorkloadIds(first.toString())
                        .addWorkloadIds(second.toString())
                        .addScopes("a")
                        .addScopes("b")
                        .setSecretHint(token.secretHint().value())
                        .setExpireTime(timestamp(LATER))
                        .setCancellation(dev.jeton.v1.Cancellation.newBuilder()
                                .setTime(timestamp(Instant.parse("2026-03-06T10:15:30.654321Z")))
                                .setUserId(owner.id().toString())
                                .setReason("lost")
                                .setRole(dev.jeton.v1.Role.ROLE_MEMBER))
                        .setCreateTime(timestamp(Instant.parse("2026-03-05T10:15:30.123456Z")))
                        .setUpdateTime(timestamp(Instant.parse("2026-03-06T10:15:30.654321Z")))
                        .setEtag(full.revision().etag().value())
                        .build());
    }

    @Test
    void omitsAbsentValues() {
        dev.jeton.v1.Token reply = tokens.getToken(
                        GetTokenRequest.newBuilder().setTokenId(id).build())
                .getToken();

        assertThat(reply.getTenantWide()).isTrue();
        assertThat(reply.hasExpireTime()).isFalse();
        assertThat(reply.hasLastUsedTime()).isFalse();
        assertThat(reply.hasCancellation()).isFalse();
    }

    @Test
    void listsTokensByEveryFilter() {
        WorkloadId workload = Workloads.anId();
        Cursor end = new Cursor(token.id().value());
        api.tokens.answerWith(new Page<>(List.of(new TokenView(token, TokenStatus.EXPIRED)), end));
        ListTokensRequest query = ListTokensRequest.newBuilder()
                .setTenantId(owner.tenantId().toString())
                .setUserId(owner.id().toString())
                .setWorkloadId(workload.toString())
                .setUnassigned(true)
                .setStatus(dev.jeton.v1.TokenStatus.TOKEN_STATUS_EXPIRED)
                .setNameContains("cafe\u0301")
                .setExpireBefore(timestamp(LATER))
                .setPageSize(2)
                .build();
        TokenFilter filter = new TokenFilter(owner.id(), workload, true, TokenStatus.EXPIRED, "caf\u00e9", LATER);

        String next = tokens.listTokens(query).getNextPageToken();
        assertThat(api.tokens.asked())
                .containsExactly(
                        "list", api.gate.caller(), new ListTokens(owner.tenantId(), filter, PageRequest.first(2)));

        api.tokens.forget();
        tokens.listTokens(query.toBuilder().setPageToken(next).build());
        assertThat(api.tokens.asked()).contains(new ListTokens(owner.tenantId(), filter, new PageRequest(2, end)));
    }

    @Test
    void listsAllTokensOfTheCallersTenantByDefault() {
        tokens.listTokens(ListTokensRequest.getDefaultInstance());

        assertThat(api.tokens.asked()).contains(new ListTokens(null, TokenFilter.ALL, PageRequest.first(50)));
    }

    @Test
    void updatesOnlyWhatIsPresent() {
        tokens.updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(id)
                .setScopes(StringList.getDefaultInstance())
                .build());
        assertThat(api.tokens.asked())
                .containsExactly(
                        "update",
                        api.gate.caller(),
                        new UpdateToken(
                                token.id(),
                                new TokenChange(null, null, ExpirationChoice.unspecified(), Scopes.NONE),
                                null));

        api.tokens.forget();
        tokens.updateToken(UpdateTokenRequest.newBuilder()
                .setTokenId(id)
                .setName("weekly")
                .setDescription("")
                .setNeverExpires(true)
                .setEtag("1")
                .build());
        assertThat(api.tokens.asked())
                .contains(new UpdateToken(
                        token.id(),
                        new TokenChange(new TokenName("weekly"), new FreeText(""), new ExpirationChoice.Never(), null),
                        new Etag("1")));
    }

    @Test
    void assignsToken() {
        WorkloadId workload = Workloads.anId();
        tokens.assignToken(AssignTokenRequest.newBuilder()
                .setTokenId(id)
                .addWorkloadIds(workload.toString())
                .setEtag("1")
                .build());
        assertThat(api.tokens.asked())
                .containsExactly(
                        "assign", api.gate.caller(), new AssignToken(token.id(), Set.of(workload), new Etag("1")));

        api.tokens.forget();
        tokens.assignToken(AssignTokenRequest.newBuilder().setTokenId(id).build());
        assertThat(api.tokens.asked()).contains(new AssignToken(token.id(), Set.of(), null));

        assertThat(Refusal.of(() -> tokens.assignToken(AssignTokenRequest.newBuilder()
                                .addWorkloadIds("?")
                                .build()))
                        .violations())
                .containsExactly("token_id REQUIRED", "workload_ids[0] INVALID_ID");
    }

    @Test
    void cancelsAndReactivatesToken() {
        tokens.cancelToken(
                CancelTokenRequest.newBuilder().setTokenId(id).setReason("lost").build());
        assertThat(api.tokens.asked())
                .containsExactly("cancel", api.gate.caller(), new CancelToken(token.id(), new FreeText("lost"), null));

        api.tokens.forget();
        tokens.reactivateToken(
                ReactivateTokenRequest.newBuilder().setTokenId(id).setEtag("2").build());
        assertThat(api.tokens.asked()).containsExactly("reactivate", api.gate.caller(), token.id(), new Etag("2"));

        assertThat(Refusal.of(() -> tokens.cancelToken(CancelTokenRequest.newBuilder()
                                .setTokenId("?")
                                .setReason("\u0007")
                                .build()))
                        .violations())
                .containsExactly("token_id INVALID_ID", "reason INVALID_CHARACTER");
    }

    @Test
    void renewsAndDeletesToken() {
        tokens.renewToken(renew().setEtag("1").build());
        assertThat(api.tokens.asked())
                .containsExactly(
                        "renew",
                        api.gate.caller(),
                        new RenewToken(token.id(), ExpirationChoice.unspecified(), new Etag("1")));

        api.tokens.forget();
        tokens.deleteToken(
                DeleteTokenRequest.newBuilder().setTokenId(id).setEtag("1").build());
        assertThat(api.tokens.asked()).containsExactly("delete", api.gate.caller(), token.id(), new Etag("1"));
    }

    private ExpirationChoice renewal(RenewTokenRequest.Builder request) {
        api.tokens.forget();
        tokens.renewToken(request.setTokenId(id).build());
        return ((RenewToken) api.tokens.asked().get(2)).expiration();
    }

    private RenewTokenRequest.Builder renew() {
        return RenewTokenRequest.newBuilder().setTokenId(id);
    }

    private void assertRefused(RenewTokenRequest.Builder request, String violation) {
        assertThat(Refusal.of(() -> tokens.renewToken(request.build())).violations())
                .containsExactly(violation);
    }

    private static Date date(int year, int month, int day) {
        return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
