package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.date;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.type.Date;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetUserRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** DuploCloud: rows 3, 5, 12, 13, 15, 18 and 19 of what the five products document, in the hands of an operator, an admin and a member. */
@ParameterizedClass
@EnumSource(
        value = Role.class,
        names = {"ROLE_OPERATOR", "ROLE_TENANT_ADMIN", "ROLE_MEMBER"})
class DuploCloudIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console operator = JETON.console();

    @Parameter
    Role role;

    private Console console;
    private Tenant tenant;
    private User user;

    @BeforeEach
    void setUp() throws Exception {
        tenant = operator.tenant("duplocloud.json");
        user = operator.user(tenant.getId());
        console = JETON.console(role, tenant, user);
    }

    @Test
    void anAdministratorListsAllTokensWithEverythingTheListShows() {
        assumeTrue(role != Role.ROLE_MEMBER, "a member's list has its own tokens only: see below");
        CreateTokenResponse created = console.create(request(user, "QA-Test-Token"));
        User colleague = console.user(tenant.getId());
        Token colleagues =
                console.create(request(colleague, "Any label at all: ✓")).getToken();
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);

        List<Token> all = console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId()));
        assertThat(all)
                .extracting(Token::getId)
                .containsExactly(colleagues.getId(), created.getToken().getId());
        Token token = all.get(1);
        assertThat(token.getName()).isEqualTo("QA-Test-Token");
        assertThat(token.getSecretHint())
                .isEqualTo("jtn_…"
                        + created.getSecret().substring(created.getSecret().length() - 4));
        assertThat(token.getUserId()).isEqualTo(user.getId());
        assertThat(instant(token.getCreateTime())).isBeforeOrEqualTo(Instant.now());
        assertThat(instant(token.getExpireTime())).isEqualTo(endOf(tomorrow()));
        assertThat(token.getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_ACTIVE);
        assertThat(all.toString()).doesNotContain(created.getSecret());

        Token used = Awaiting.until(() -> console.get(created.getToken().getId()), Token::hasLastUsedTime);
        assertThat(instant(used.getLastUsedTime())).isAfter(instant(used.getCreateTime()));
        assertThat(used.getEtag()).isEqualTo(token.getEtag());
        assertThat(console.get(colleagues.getId()).hasLastUsedTime()).isFalse();
    }

    @Test
    void aProfileShowsTheUserAndOnlyThatUsersTokens() {
        Token own = console.create(request(user, "mine")).getToken();
        operator.create(request(operator.user(tenant.getId()), "another's"));

        User shown = console.users
                .getUser(GetUserRequest.newBuilder().setUserId(user.getId()).build())
                .getUser();
        assertThat(shown).isEqualTo(user);
        assertThat(console.list(ListTokensRequest.newBuilder().setUserId(user.getId())))
                .containsExactly(own);
    }

    @Test
    void aTokenStandsForItsUser() {
        CreateTokenResponse created = console.create(request(user, "personal"));
        VerifyTokenResponse verified = console.verify(use(created));
        assertThat(verified.getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(verified.getToken().getUserId()).isEqualTo(user.getId());
        assertThat(verified.getToken().getTenantWide()).isTrue();

        console.delete(created.getToken().getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @Test
    void anExpiryDateIsStrictlyAfterToday() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertRefuses("expire_date", "EXPIRY_NOT_IN_FUTURE", () -> console.create(expiring(date(today))));
        assertRefuses("expire_date", "EXPIRY_NOT_IN_FUTURE", () -> console.create(expiring(date(today.minusDays(1)))));
        Date noSuchDay = Date.newBuilder()
                .setYear(today.getYear() + 1)
                .setMonth(2)
                .setDay(30)
                .build();
        assertRefuses("expire_date", "INVALID_DATE", () -> console.create(expiring(noSuchDay)));
    }

    private CreateTokenRequest.Builder expiring(Date date) {
        return newToken(user, "QA-Test-Token").setExpireDate(date);
    }

    private static CreateTokenRequest.Builder request(User owner, String name) {
        return newToken(owner, name).setExpireDate(date(tomorrow()));
    }

    private static LocalDate tomorrow() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(1);
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
