package dev.jeton.grpc.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.jeton.application.port.inbound.token.CreateToken;
import dev.jeton.application.port.inbound.token.RenewToken;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.RenewTokenRequest;
import dev.jeton.v1.StringList;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UpdateTokenRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that {@link TokenGrpcService} accepts or refuses before it calls the application. */
class TokenRequestsTest {
    private static final Instant LATER = Instant.parse("2027-01-02T03:04:05.678901Z");

    private final ApiUnderTest api = new ApiUnderTest();
    private final TokenServiceGrpc.TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(api.asCaller());
    private final String id = Tokens.anId().toString();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void reportsAllViolationsOfCreateAtOnce() {
        Refusal refusal = Refusal.of(() -> tokens.createToken(CreateTokenRequest.newBuilder()
                .setTenantId("..")
                .setUserId("x")
                .setDescription("x".repeat(501))
                .setExpireTime(Timestamp.newBuilder().setNanos(-1))
                .addWorkloadIds(Workloads.anId().toString())
                .addWorkloadIds("")
                .addScopes("ok")
                .addScopes("")
                .addScopes("jeton:everything")
                .build()));

        assertThat(refusal.violations())
                .containsExactly(
                        "tenant_id INVALID_ID",
                        "user_id INVALID_ID",
                        "name REQUIRED",
                        "description TOO_LONG",
                        "expire_time INVALID_TIMESTAMP",
                        "workload_ids[1] REQUIRED",
                        "scopes[1] INVALID_SCOPE",
                        "scopes[2] UNKNOWN_RESERVED_SCOPE");
        assertThat(api.tokens.timesAsked()).isZero();
    }

    @Test
    void leavesAMissingNameAloneToThePolicy() {
        tokens.createToken(CreateTokenRequest.getDefaultInstance());

        assertThat(((CreateToken) api.tokens.asked().get(2)).draft().name()).isNull();
    }

    @Test
    void limitsLists() {
        Refusal refusal = Refusal.of(() -> tokens.createToken(CreateTokenRequest.newBuilder()
                .setName("nightly")
                .addAllWorkloadIds(Collections.nCopies(101, Workloads.anId().toString()))
                .addAllScopes(Collections.nCopies(65, "read"))
                .build()));

        assertThat(refusal.violations()).containsExactly("workload_ids TOO_MANY", "scopes TOO_MANY");
    }

    @Test
    void readsEveryChoiceOfExpiration() {
        assertThat(renewal(RenewTokenRequest.newBuilder())).isEqualTo(ExpirationChoice.unspecified());
        assertThat(renewal(RenewTokenRequest.newBuilder().setExpireTime(timestamp(LATER))))
                .isEqualTo(new ExpirationChoice.At(LATER));
        assertThat(renewal(RenewTokenRequest.newBuilder().setExpireDate(date(2028, 2, 29))))
                .isEqualTo(new ExpirationChoice.EndOfDay(LocalDate.of(2028, 2, 29)));
        assertThat(renewal(RenewTokenRequest.newBuilder()
                        .setLifetime(Duration.newBuilder().setSeconds(172_800))))
                .isEqualTo(new ExpirationChoice.After(Lifetime.ofDays(2)));
        assertThat(renewal(RenewTokenRequest.newBuilder().setNeverExpires(true)))
                .isEqualTo(new ExpirationChoice.Never());
    }

    @Test
    void refusesImpossibleExpirations() {
        assertRefused(renew().setNeverExpires(false), "never_expires OUT_OF_RANGE");
        assertRefused(
                renew().setExpireTime(Timestamp.newBuilder().setNanos(1_000_000_000)), "expire_time INVALID_TIMESTAMP");
        assertRefused(
                renew().setExpireTime(Timestamp.newBuilder().setSeconds(253_402_300_800L)),
                "expire_time INVALID_TIMESTAMP");
        assertRefused(renew().setLifetime(Duration.getDefaultInstance()), "lifetime OUT_OF_RANGE");
        assertRefused(
                renew().setLifetime(Duration.newBuilder().setSeconds(Long.MIN_VALUE)), "lifetime INVALID_DURATION");
        assertRefused(renew().setExpireDate(date(2027, 2, 30)), "expire_date INVALID_DATE");
        assertRefused(renew().setExpireDate(date(2027, 2, 0)), "expire_date INVALID_DATE");
        assertRefused(renew().setExpireDate(date(0, 2, 1)), "expire_date INVALID_DATE");
        assertRefused(renew().setExpireDate(date(9999, 12, 31)), "expire_date INVALID_DATE");
    }

    @Test
    void reportsAllViolationsOfListAtOnce() {
        Refusal refusal = Refusal.of(() -> tokens.listTokens(ListTokensRequest.newBuilder()
                .setTenantId("1")
                .setUserId("2")
                .setWorkloadId("3")
                .setStatusValue(999)
                .setNameContains("\u0000")
                .setExpireBefore(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                .setPageSize(-1)
                .setPageToken("4")
                .build()));

        assertThat(refusal.violations())
                .containsExactly(
                        "tenant_id INVALID_ID",
                        "user_id INVALID_ID",
                        "workload_id INVALID_ID",
                        "status INVALID_ENUM_VALUE",
                        "name_contains INVALID_CHARACTER",
                        "expire_before INVALID_TIMESTAMP",
                        "page_size OUT_OF_RANGE",
                        "page_token INVALID_PAGE_TOKEN");
        assertThat(Refusal.of(() -> tokens.listTokens(ListTokensRequest.newBuilder()
                                .setNameContains("x".repeat(257))
                                .build()))
                        .violations())
                .containsExactly("name_contains TOO_LONG");
    }

    @Test
    void reportsAllViolationsOfUpdateAtOnce() {
        assertThat(Refusal.of(() -> tokens.updateToken(UpdateTokenRequest.getDefaultInstance()))
                        .violations())
                .containsExactly("token_id REQUIRED", " NOTHING_TO_UPDATE");
        assertThat(Refusal.of(() -> tokens.updateToken(UpdateTokenRequest.newBuilder()
                                .setTokenId(id)
                                .setName("")
                                .setScopes(StringList.newBuilder().addValues("a b"))
                                .build()))
                        .violations())
                .containsExactly("name REQUIRED", "scopes.values[0] INVALID_SCOPE");
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
