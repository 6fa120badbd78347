package dev.jeton.campaigns.hostile;

import com.google.protobuf.Message;
import dev.jeton.bootstrap.support.GuardedChannel;
import dev.jeton.v1.AuditEvent;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.User;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifiedToken;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Callers who share a few connections, each the admin of a tenant of its own, and what of all that they were told was somebody else's. */
final class Crowd {
    private static final int CONNECTIONS = 3;
    private static final int ENOUGH = 20;

    private final List<World> worlds;
    private final Queue<String> mistaken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();

    Crowd(List<World> worlds) {
        this.worlds = worlds;
    }

    /** How often a caller went through all that it asks. */
    int rounds() {
        return rounds.get();
    }

    /** Each of them asks at least once, and again as long as there is time; returns the replies that were not their caller's. */
    List<String> call(String address, Duration duration) throws Exception {
        List<ManagedChannel> channels = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> GuardedChannel.to(address))
                .toList();
        CyclicBarrier together = new CyclicBarrier(worlds.size());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < worlds.size(); i++) {
            World own = worlds.get(i);
            Channel channel = as(channels.get(i % CONNECTIONS), own.secret());
            Thread thread = new Thread(() -> callOverAndOver(new Member(own, channel), together, duration));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        channels.forEach(ManagedChannel::shutdownNow);
        return List.copyOf(mistaken);
    }

    private static Channel as(Channel shared, String secret) {
        Metadata headers = new Metadata();
        headers.put(FuzzCase.AUTHORIZATION, "Bearer " + secret);
        return ClientInterceptors.intercept(shared, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private void callOverAndOver(Member member, CyclicBarrier together, Duration duration) {
        try {
            together.await();
            long end = System.nanoTime() + duration.toNanos();
            do {
                member.askEverything();
                rounds.incrementAndGet();
            } while (System.nanoTime() < end && mistaken.size() < ENOUGH);
        } catch (StatusRuntimeException refused) {
            mistaken.add("was refused what is its own: " + refused.getStatus());
        } catch (Exception e) {
            mistaken.add("failed: " + e);
        }
    }

    /** One of them. Not thread-safe. */
    private final class Member {
        private final World own;
        private final TokenServiceGrpc.TokenServiceBlockingStub tokens;
        private final UserServiceGrpc.UserServiceBlockingStub users;
        private final VerificationServiceGrpc.VerificationServiceBlockingStub verification;
        private final AuditServiceGrpc.AuditServiceBlockingStub audit;

        Member(World own, Channel channel) {
            this.own = own;
            tokens = TokenServiceGrpc.newBlockingStub(channel);
            users = UserServiceGrpc.newBlockingStub(channel);
            verification = VerificationServiceGrpc.newBlockingStub(channel);
            audit = AuditServiceGrpc.newBlockingStub(channel);
        }

        void askEverything() {
            User self = users.getProfile(GetProfileRequest.getDefaultInstance()).getUser();
            expect(self.getTenantId(), self.getId(), self);

            CreateTokenResponse created = tokens.createToken(
                    CreateTokenRequest.newBuilder().setName("mine").build());
            expect(created.getToken());
            String tokenId = created.getToken().getId();
            expect(tokens.getToken(
                            GetTokenRequest.newBuilder().setTokenId(tokenId).build())
                    .getToken());
            tokens.listTokens(ListTokensRequest.newBuilder().setPageSize(10).build())
                    .getTokensList()
                    .forEach(this::expect);

            VerifiedToken verified = verification
                    .verifyToken(VerifyTokenRequest.newBuilder()
                            .setSecret(created.getSecret())
                            .build())
                    .getToken();
            expect(verified.getTenantId(), verified.getUserId(), verified);

            List<AuditEvent> events = audit.listAuditEvents(ListAuditEventsRequest.newBuilder()
                            .setResourceId(tokenId)
                            .build())
                    .getEventsList();
            if (events.size() != 1) {
                mistaken.add("The audit trail has not one creation of the token, but " + events);
            }
            events.forEach(event -> expect(event.getTenantId(), event.getActorUserId(), event));
        }

        private void expect(Token token) {
            expect(token.getTenantId(), token.getUserId(), token);
        }

        private void expect(String tenantId, String userId, Message reply) {
            if (!tenantId.equals(own.tenantId()) || !userId.equals(own.userId())) {
                mistaken.add("%s of %s got another caller's %s: %s"
                        .formatted(
                                own.userId(),
                                own.tenantId(),
                                reply.getDescriptorForType().getName(),
                                reply));
            }
        }
    }
}
