package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.util.Modules;
import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.warmup.Rehearsal;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.grpc.GrpcServerSettings;
import dev.jeton.jdbi.Database;
import io.grpc.InsecureServerCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warms up the server before it serves. */
final class WarmUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private final Rehearsal rehearsal;
    private final GrpcServer server;
    private final Duration limit;

    WarmUp(Config config, Database database, Duration limit) {
        this.limit = limit;
        rehearsal = new Rehearsal(
                database.tokenLookup(), database.transactor(), config.hasher(), new SecureRandom());
        GrpcServerSettings loopback = new GrpcServerSettings(
                InetAddress.getLoopbackAddress().getHostAddress(),
                0,
                false,
                config.server().limits());
        server = Server.injector(
                        Modules.override(new JdbiModule(database)).with(new AbstractModule() {
                            @Override
                            protected void configure() {
                                bind(TokenLookup.class).toInstance(rehearsal.lookup());
                                bind(Transactor.class).toInstance(rehearsal.transactor());
                                bind(InstallationKeys.class).toInstance((name, drawn) -> drawn);
                            }
                        }),
                        new ApplicationModule(config.retention(), config.hasher()),
                        new GrpcModule(loopback, InsecureServerCredentials.create()))
                .getInstance(GrpcServer.class);
    }

    void run() {
        long began = System.nanoTime();
        try {
            server.start();
            Rehearsal.Calls calls = rehearsal.run(server.port(), limit);
            log.info(
                    "Warmed up with {} verifications and {} changes in {} s",
                    calls.verifications(),
                    calls.changes(),
                    (System.nanoTime() - began) / 100_000_000 / 10.0);
        } catch (IOException e) {
            log.info("Warm-up ended early: {}", ErrorText.of(e));
        }
    }

    @Override
    public void close() {
        rehearsal.close();
        server.drain(Duration.ZERO);
    }
}
