package dev.jeton.campaigns.hostile;

import static dev.jeton.bootstrap.support.Api.use;

import com.google.protobuf.Message;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.v1.AuditEvent;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Token;
import dev.jeton.v1.User;
import dev.jeton.v1.VerifiedToken;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Callers who share a few connections, each the admin of its own tenant. Collects replies meant for another caller. */
final class Crowd {
    private static final int CONNECTIONS = 3;
    private static final int MAX_MISTAKES = 20;
    private static final long FIRST_ROUND_SECONDS = 60;

    private final List<World> worlds;
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private final LongAdder rounds = new LongAdder();

    Crowd(List<World> worlds) {
        this.worlds = worlds;
    }

    /** Completed rounds of all calls, over all callers. */
    long rounds() {
        return rounds.sum();
    }

    /** Calls for this long, every caller at least once. Returns misdirected replies and failures. */
    List<String> call(String address, Duration duration) throws InterruptedException {
        List<ManagedChannel> channels = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> GuardedChannel.to(address))
                .toList();
        CountDownLatch calledOnce = new CountDownLatch(worlds.size());
        try (Load load = Load.onThreads(worlds.size(), i -> {
            World own = worlds.get(i);
            Member member = new Member(own, new Api(GuardedChannel.as(channels.get(i % CONNECTIONS), own.secret())));
            return () -> {
                member.callEverything();
                calledOnce.countDown();
            };
        })) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            calledOnce.await(FIRST_ROUND_SECONDS, TimeUnit.SECONDS);
        }
        channels.forEach(ManagedChannel::shutdownNow);
        return List.copyOf(mistakes);
    }

    private void mistake(String text) {
        if (mistakes.size() < MAX_MISTAKES) {
            mistakes.add(text);
        }
    }

    private final class Member {
        private final World own;
        private final Api api;

        Member(World own, Api api) {
            this.own = own;
            this.api = api;
        }

        void callEverything() {
            try {
                callAll();
                rounds.increment();
            } catch (StatusRuntimeException refused) {
                mistake("was refused its own resource: " + refused.getStatus());
            }
        }

        private void callAll() {
            User self =
                    api.users.getProfile(GetProfileRequest.getDefaultInstance()).getUser();
            expectOwn(self.getTenantId(), self.getId(), self);

            CreateTokenResponse created =
                    api.create(CreateTokenRequest.newBuilder().setName("mine"));
            String tokenId = created.getToken().getId();
            expectOwn(created.getToken());
            expectOwn(api.get(tokenId));
            api.list(ListTokensRequest.newBuilder().setPageSize(10)).forEach(this::expectOwn);

            VerifiedToken verified = api.verify(use(created)).getToken();
            expectOwn(verified.getTenantId(), verified.getUserId(), verified);

            List<AuditEvent> events = api.audit
                    .listAuditEvents(ListAuditEventsRequest.newBuilder()
                            .setResourceId(tokenId)
                            .build())
                    .getEventsList();
            if (events.size() != 1) {
                mistake("the audit trail must have one creation of the token, but has " + events);
            }
            events.forEach(event -> expectOwn(event.getTenantId(), event.getActorUserId(), event));
        }

        private void expectOwn(Token token) {
            expectOwn(token.getTenantId(), token.getUserId(), token);
        }

        private void expectOwn(String tenantId, String userId, Message reply) {
            if (!tenantId.equals(own.tenantId()) || !userId.equals(own.userId())) {
                mistake("%s of %s got another caller's %s: %s"
                        .formatted(
                                own.userId(),
                                own.tenantId(),
                                reply.getDescriptorForType().getName(),
                                reply));
            }
        }
    }
}
