package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.NameUniqueness;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of fifty calls at once, exactly as many succeed as the policy or the etag allows. */
class ConcurrentCreationIT {
    private static final int AT_ONCE = 50;
    private static final int QUOTA = 7;

    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console console = JETON.console();

    @Test
    void oneOfFiftyCreatesGetsTheUniqueName() throws Exception {
        TokenPolicy.Builder policy = TokenPolicy.newBuilder();
        policy.getNameRuleBuilder().setUniqueness(NameUniqueness.NAME_UNIQUENESS_PER_TENANT);
        Tenant tenant = console.tenant(policy.build());
        List<CreateTokenRequest.Builder> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            requests.add(newToken(console.user(tenant.getId()), "the one"));
        }
        assertThat(outcomes(creations(requests))).isEqualTo(Map.of(Code.OK, 1, Code.ALREADY_EXISTS, AT_ONCE - 1));
        assertThat(console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId())))
                .hasSize(1);
    }

    @Test
    void aUserGetsAsManyTokensAsThePolicyAllows() throws Exception {
        Tenant tenant = console.tenant(
                TokenPolicy.newBuilder().setMaxTokensPerUser(QUOTA).build());
        User user = console.user(tenant.getId());
        assertThat(outcomes(creations(Collections.nCopies(AT_ONCE, newToken(user, "many")))))
                .isEqualTo(Map.of(Code.OK, QUOTA, Code.RESOURCE_EXHAUSTED, AT_ONCE - QUOTA));
        assertThat(console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId())))
                .hasSize(QUOTA);
    }

    @Test
    void oneOfFiftyChangesWithTheSameEtagSucceeds() throws Exception {
        Token token = console.create(newToken(
                        console.user(
                                console.tenant(TokenPolicy.getDefaultInstance()).getId()),
                        "first"))
                .getToken();
        List<Runnable> changes = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            UpdateTokenRequest change = UpdateTokenRequest.newBuilder()
                    .setTokenId(token.getId())
                    .setName("name " + i)
                    .setEtag(token.getEtag())
                    .build();
            changes.add(() -> console.tokens.updateToken(change));
        }
        assertThat(outcomes(changes)).isEqualTo(Map.of(Code.OK, 1, Code.ABORTED, AT_ONCE - 1));
    }

    private List<Runnable> creations(List<CreateTokenRequest.Builder> requests) {
        return requests.stream()
                .<Runnable>map(request -> () -> console.create(request))
                .toList();
    }

    private static Map<Code, Integer> outcomes(List<Runnable> calls) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(calls.size());
        try {
            List<Callable<Code>> questions = new ArrayList<>();
            calls.forEach(call -> questions.add(() -> outcome(call)));
            Map<Code, Integer> outcomes = new HashMap<>();
            for (Future<Code> outcome : clients.invokeAll(questions)) {
                outcomes.merge(outcome.get(), 1, Integer::sum);
            }
            return outcomes;
        } finally {
            clients.shutdownNow();
        }
    }

    private static Code outcome(Runnable call) {
        try {
            call.run();
            return Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }
}
