package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.util.Modules;
import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.warmup.Rehearsal;
import dev.jeton.grpc.GrpcLimits;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.grpc.GrpcServerSettings;
import dev.jeton.jdbi.Database;
import io.grpc.InsecureServerCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises the server's code before it serves, until the JIT compiler has compiled what callers use most. A second server of the same classes,
 * on a loopback port of its own and without TLS, is called by a {@link Rehearsal}. Nothing is written. Thread-safe.
 */
final class WarmUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int FREE_PORT = 0;
    private static final boolean NO_REFLECTION = false;

    private final Rehearsal rehearsal;
    private final GrpcServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WarmUp(Config config, Database database) {
        rehearsal = new Rehearsal(database.tokenLookup(), database.transactor(), config.hasher(), new SecureRandom());
        GrpcServerSettings loopback = new GrpcServerSettings(
                InetAddress.getLoopbackAddress().getHostAddress(), FREE_PORT, NO_REFLECTION, GrpcLimits.DEFAULT);
        server = Server.injector(
                        Modules.override(new JdbiModule(database)).with(new RehearsalModule()),
                        new ApplicationModule(config.retention(), config.hasher()),
                        new GrpcModule(loopback, InsecureServerCredentials.create()))
                .getInstance(GrpcServer.class);
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the time is over, or as soon as {@code lifecycle} closes. Never fails. */
    static void run(Config config, Database database, Lifecycle lifecycle) {
        Duration time = config.warmUp();
        log.info("Warming up for up to {} s", seconds(time));
        long began = System.nanoTime();
        try (WarmUp warmUp = lifecycle.open(() -> new WarmUp(config, database))) {
            Rehearsal.Calls calls = warmUp.rehearsal.run(warmUp.server.port(), time);
            log.info(
                    "Warmed up with {} verifications and {} changes in {} s",
                    calls.verifications(),
                    calls.changes(),
                    seconds(Duration.ofNanos(System.nanoTime() - began)));
        } catch (IOException | RuntimeException e) {
            if (!lifecycle.isClosed()) {
                log.info("Warm-up ended early: {}", ErrorText.of(e));
                log.debug("Cause", e);
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            rehearsal.close();
            server.drain(Duration.ZERO);
        }
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private final class RehearsalModule extends AbstractModule {

        @Override
        protected void configure() {
            bind(TokenLookup.class).toInstance(rehearsal.lookup());
            bind(Transactor.class).toInstance(rehearsal.transactor());
            bind(InstallationKeys.class).toInstance((name, drawn) -> drawn);
        }
    }
}
