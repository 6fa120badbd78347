package dev.jeton.bootstrap;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.jeton.application.port.inbound.AuditChaining;
import dev.jeton.application.port.inbound.Housekeeping;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.port.inbound.SecretKeeping;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.bootstrap.storage.StartFailure;
import dev.jeton.bootstrap.tls.ReloadingCertificates;
import dev.jeton.bootstrap.tls.TlsSettings;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.jdbi.DatabaseSettings;
import dev.jeton.jdbi.SchemaMigrator;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server, from the lock on its data directory to the open port. */
final class Server {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private Server() {}

    /**
     * Returns when it serves.
     *
     * @param lifecycle gets all that must be closed to stop it
     * @return the address and port that it serves on
     */
    static String start(Config config, Lifecycle lifecycle) {
        DataDirectory data = DataDirectory.open(config.storage().dataDirectory());
        lifecycle.open(data::lock);
        startedAside(GrpcServer::load);
        DatabaseSettings settings = config.storage().limits().at(login(config.storage(), data, lifecycle));
        new SchemaMigrator(settings).migrate();

        Injector injector = injector(
                new JdbiModule(settings, lifecycle),
                new ApplicationModule(config.retention(), config.hasher()),
                new GrpcModule(config.server(), credentials(config, lifecycle)));
        SecretKeeping secrets = injector.getInstance(SecretKeeping.class);
        secrets.requireKeys();
        install(injector.getInstance(Installation.class), data.operatorToken());
        Housekeeping housekeeping = injector.getInstance(Housekeeping.class);
        AuditChaining chaining = injector.getInstance(AuditChaining.class);
        lifecycle.open(() -> Housekeeper.start(housekeeping, secrets, chaining, config.useInterval()));
        GrpcServer server = injector.getInstance(GrpcServer.class);
        lifecycle.open(() -> serve(server, config));
        return address(config.server().bindAddress(), server.port());
    }

    /** Meanwhile the database is started and waited for. */
    private static void startedAside(Runnable work) {
        Thread aside = new Thread(work, "jeton-load");
        aside.setDaemon(true);
        aside.start();
    }

    /** One that is told everything, and guesses nothing. */
    static Injector injector(Module... modules) {
        Module strict = binder -> {
            binder.requireExplicitBindings();
            binder.requireAtInjectOnConstructors();
            binder.requireExactBindingAnnotations();
            binder.disableCircularProxies();
        };
        // Its generated code needs what newer JVMs warn of, and gains nothing where everything is made once.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        List<Module> all = new ArrayList<>(List.of(modules));
        all.add(strict);
        return Guice.createInjector(Stage.PRODUCTION, all);
    }

    private static ServerCredentials credentials(Config config, Lifecycle lifecycle) {
        TlsSettings tls = config.tls();
        return tls == null
                ? InsecureServerCredentials.create()
                : lifecycle.open(() -> ReloadingCertificates.start(tls)).credentials();
    }

    private static AutoCloseable serve(GrpcServer server, Config config) {
        try {
            server.start();
        } catch (IOException e) {
            String address =
                    address(config.server().bindAddress(), config.server().port());
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new StartFailure(
                    "Cannot serve on " + address + ", choose another with --port or --bind: "
                            + Failures.oneLine(reason),
                    e);
        }
        return () -> {
            server.announceShutdown();
            Thread.sleep(config.drainDelay().toMillis());
            server.drain(config.drainTimeout());
        };
    }

    private static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static Login login(Storage storage, DataDirectory data, Lifecycle lifecycle) {
        if (storage instanceof Storage.External external) {
            return external.login();
        }
        int connections = storage.limits().connections();
        return lifecycle.open(() -> EmbeddedDatabase.start(data, connections)).login();
    }

    private static void install(Installation installation, Path file) {
        AtomicBoolean written = new AtomicBoolean();
        boolean installed = installation.installOnce(secret -> {
            OwnerOnly.write(file, secret.revealSecret());
            written.set(true);
        });
        if (installed) {
            log.info("The first operator's token is in {}", file);
        } else if (written.get()) {
            // Another replica was faster, and its token is the one that counts.
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + file + ": " + e, e);
        }
    }
}
