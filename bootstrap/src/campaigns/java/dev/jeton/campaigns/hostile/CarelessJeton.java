package dev.jeton.campaigns.hostile;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.token.IssuedToken;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.bootstrap.BrokenTwin;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.user.UserId;
import dev.jeton.grpc.InboundPorts;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broken twin with one mistake for each hostile test: it keeps the caller in a shared field, throws on the longest page, logs new secrets, leaks
 * memory and threads, and has no limits.
 */
public final class CarelessJeton {
    private static final Logger log = LoggerFactory.getLogger(CarelessJeton.class);

    private static final List<String> NO_LIMITS =
            List.of("--max-resets=1000000", "--max-metadata=100MiB", "--max-calls-per-connection=1000000");

    private CarelessJeton() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Stream<String> all = Stream.concat(Stream.of(arguments), NO_LIMITS.stream());
        BrokenTwin.serve(all.toArray(String[]::new), new CarelessModule());
    }

    private static final class CarelessModule extends AbstractModule {
        private volatile @Nullable Caller caller;

        @Provides
        InboundPorts ports(
                Authentication authentication,
                TenantAdministration tenants,
                UserAdministration users,
                WorkloadAdministration workloads,
                TokenAdministration tokens,
                TokenVerification verification,
                AuditTrail audit) {
            return new InboundPorts(
                    new Leaking(authentication),
                    careless(TenantAdministration.class, tenants),
                    careless(UserAdministration.class, users),
                    careless(WorkloadAdministration.class, workloads),
                    careless(TokenAdministration.class, tokens),
                    verification,
                    careless(AuditTrail.class, audit));
        }

        private <P> P careless(Class<P> port, P real) {
            Object proxy =
                    Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                        for (int i = 0; i < arguments.length; i++) {
                            if (arguments[i] instanceof Caller) {
                                arguments[i] = caller;
                            } else if (arguments[i] instanceof PageRequest page
                                    && page.size() == PageRequest.MAX_SIZE) {
                                throw new ArrayIndexOutOfBoundsException(page.size());
                            }
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            if (result instanceof IssuedToken issued && issued.secret() != null) {
                                log.info("Issued {}", issued.secret().revealSecret());
                            }
                            return result;
                        } catch (InvocationTargetException refused) {
                            throw refused.getCause();
                        }
                    });
            return port.cast(proxy);
        }

        /** Remembers only the last caller, leaks memory with every call, and occasionally a thread. */
        private final class Leaking implements Authentication {
            private static final int LEAKED_BYTES = 4096;
            private static final int CALLS_PER_THREAD = 50;
            private static final int THREADS = 500;

            private final Authentication real;
            private final Queue<byte[]> leaked = new ConcurrentLinkedQueue<>();
            private final AtomicInteger calls = new AtomicInteger();

            Leaking(Authentication real) {
                this.real = real;
            }

            @Override
            public CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation) {
                leaked.add(new byte[LEAKED_BYTES]);
                int call = calls.incrementAndGet();
                if (call % CALLS_PER_THREAD == 0 && call < CALLS_PER_THREAD * THREADS) {
                    leakThread();
                }
                return real.authenticate(credential, operation).thenApply(found -> {
                    caller = found;
                    return found;
                });
            }

            @Override
            public Caller actAs(Caller owner, UserId userId, Operation operation) {
                return real.actAs(owner, userId, operation);
            }

            private static void leakThread() {
                Thread thread = new Thread(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
        }
    }
}
