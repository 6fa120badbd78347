package dev.jeton.grpc;

import dev.jeton.grpc.audit.AuditGrpcService;
import dev.jeton.grpc.call.CallLimit;
import dev.jeton.grpc.call.CallerInterceptor;
import dev.jeton.grpc.call.CancellableCalls;
import dev.jeton.grpc.call.CredentialInterceptor;
import dev.jeton.grpc.call.DeadlineInterceptor;
import dev.jeton.grpc.call.Lanes;
import dev.jeton.grpc.call.ReplyInterceptor;
import dev.jeton.grpc.call.TimeLimitInterceptor;
import dev.jeton.grpc.call.UnreadReplies;
import dev.jeton.grpc.error.ErrorInterceptor;
import dev.jeton.grpc.error.StatusMapper;
import dev.jeton.grpc.message.PageTokens;
import dev.jeton.grpc.message.RequestDecoding;
import dev.jeton.grpc.tenant.TenantGrpcService;
import dev.jeton.grpc.token.TokenGrpcService;
import dev.jeton.grpc.user.UserGrpcService;
import dev.jeton.grpc.verification.VerificationGrpcService;
import dev.jeton.grpc.workload.WorkloadGrpcService;
import dev.jeton.v1.VerificationServiceGrpc;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.netty.util.HashedWheelTimer;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All services with their interceptors, for any transport. Calls run on the transport's threads, which never block; services that block
 * have threads of their own.
 */
final class GrpcApi {
    private static final long DISCARD_INTERVAL_MILLIS = 500;

    private final GrpcLimits limits;
    private final boolean reflection;
    private final ServerInterceptor errors;
    private final UnreadReplies unread = new UnreadReplies();
    private final ServerInterceptor replies;
    private final Lanes lanes;
    private final ScheduledThreadPoolExecutor timer;
    private final HashedWheelTimer wheel = new HashedWheelTimer(threads("jeton-grpc-time-limits-"));
    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicBoolean shuttingDown = new AtomicBoolean();
    private final List<ServerServiceDefinition> services;

    GrpcApi(GrpcServerSettings settings, InboundPorts ports, byte[] pageTokenKey) {
        limits = settings.limits();
        reflection = settings.reflection();
        lanes = new Lanes(
                new Lanes.Width(
                        limits.revocationThreads(), limits.revocationQueue(), threads("jeton-grpc-revocations-")),
                new Lanes.Width(
                        limits.managementThreads(), limits.managementQueue(), threads("jeton-grpc-management-")));
        timer = new ScheduledThreadPoolExecutor(1, threads("jeton-grpc-deadlines-"));
        timer.setRemoveOnCancelPolicy(true);
        StatusMapper statuses = new StatusMapper();
        errors = new ErrorInterceptor(statuses);
        PageTokens pageTokens = new PageTokens(pageTokenKey);
        replies = new ReplyInterceptor(unread);
        timer.scheduleWithFixedDelay(
                () -> unread.discardOlderThan(limits.defaultDeadline()),
                DISCARD_INTERVAL_MILLIS,
                DISCARD_INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
        ServerInterceptor deadline = new DeadlineInterceptor(limits.defaultDeadline(), timer);
        ServerInterceptor caller = new CallerInterceptor(ports.authentication(), lanes);
        CallLimit verifications = new CallLimit(limits.maxVerifications());
        ServerInterceptor credential = new CredentialInterceptor(ports.authentication(), verifications);
        services = List.of(
                guarded(new TenantGrpcService(ports.tenants(), pageTokens), deadline, caller),
                guarded(new UserGrpcService(ports.users(), pageTokens), deadline, caller),
                guarded(new WorkloadGrpcService(ports.workloads(), pageTokens), deadline, caller),
                guarded(new TokenGrpcService(ports.tokens(), pageTokens), deadline, caller),
                guarded(new AuditGrpcService(ports.audit(), pageTokens), deadline, caller),
                guarded(
                        new VerificationGrpcService(ports.verification(), verifications, statuses),
                        new TimeLimitInterceptor(limits.defaultDeadline(), wheel),
                        credential));
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        services.forEach(
                service -> health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING));
    }

    @SuppressWarnings("deprecation") // many tools support only v1alpha of reflection
    void serveOn(ServerBuilder<?> server) {
        server.directExecutor();
        server.addStreamTracerFactory(new CancellableCalls());
        services.forEach(server::addService);
        server.addService(health.getHealthService());
        if (reflection) {
            server.addService(ProtoReflectionServiceV1.newInstance());
            server.addService(ProtoReflectionService.newInstance());
        }
    }

    /** Sets health to NOT_SERVING permanently. */
    void announceShutdown() {
        if (shuttingDown.compareAndSet(false, true)) {
            health.enterTerminalState();
        }
    }

    /** Stops all threads. Work that is still running is interrupted after {@code timeout}. */
    void stop(Duration timeout) {
        timer.shutdownNow();
        wheel.stop();
        lanes.stop(timeout);
    }

    private ServerServiceDefinition guarded(BindableService service, ServerInterceptor... interceptors) {
        List<ServerInterceptor> inOrder = new ArrayList<>(List.of(interceptors));
        inOrder.addAll(0, List.of(errors, replies));
        return ServerInterceptors.interceptForward(
                RequestDecoding.behindInterceptors(service.bindService(), this::maxBytes, limits.maxNesting()),
                inOrder);
    }

    private int maxBytes(MethodDescriptor<?, ?> method) {
        String batch = VerificationServiceGrpc.getBatchVerifyTokensMethod().getFullMethodName();
        return method.getFullMethodName().equals(batch) ? limits.maxBatchBytes() : limits.maxRequestBytes();
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
