package dev.jeton.bootstrap;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.port.inbound.audit.AuditChaining;
import dev.jeton.application.port.inbound.upkeep.Housekeeping;
import dev.jeton.application.port.inbound.upkeep.SecretHashMaintenance;
import dev.jeton.application.port.inbound.upkeep.Sweeping;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.FileErrors;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.bootstrap.tls.ReloadingCertificates;
import dev.jeton.bootstrap.tls.TlsSettings;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.jdbi.Database;
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

/** Starts the server: reserves its address, locks the data directory, opens the database, migrates it, warms up, and listens. */
final class Server {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private Server() {}

    /**
     * Returns once the server accepts calls.
     *
     * @param lifecycle receives everything to close when the server stops
     * @return the address and port it listens on
     */
    static String start(Config config, Lifecycle lifecycle) {
        ListenAddress address = lifecycle.open(() -> ListenAddress.hold(config.server()));
        DataDirectory data = DataDirectory.open(config.storage().dataDirectory());
        lifecycle.open(data::lock);
        runInBackground(GrpcServer::load);
        DatabaseSettings settings = config.storage().limits().at(login(config.storage(), data, lifecycle));
        SchemaMigrator schema = new SchemaMigrator(settings);
        schema.requireDurable();
        schema.migrate();
        Database database = lifecycle.open(() -> WarmDatabase.open(settings));

        Injector injector = injector(
                new JdbiModule(database),
                new ApplicationModule(config.retention(), config.hasher()),
                new GrpcModule(config.server(), credentials(config, lifecycle)));
        SecretHashMaintenance secrets = injector.getInstance(SecretHashMaintenance.class);
        secrets.requireKeys();
        boolean first = install(injector.getInstance(Installation.class), data.operatorToken());
        Housekeeping housekeeping = injector.getInstance(Housekeeping.class);
        AuditChaining chaining = injector.getInstance(AuditChaining.class);
        Sweeping sweeping = injector.getInstance(Sweeping.class);
        lifecycle.open(() -> Housekeeper.start(
                housekeeping, secrets, chaining, sweeping, config.useInterval(), config.auditRetention()));
        GrpcServer server = injector.getInstance(GrpcServer.class);
        if (!first && !config.warmUp().isZero()) {
            WarmUp.run(config, database, lifecycle);
        }
        lifecycle.open(() -> serve(server, address, config));
        return ListenAddress.text(config.server().bindAddress(), server.port());
    }

    /** Loads gRPC's classes while the database starts. */
    private static void runInBackground(Runnable work) {
        Thread thread = new Thread(work, "jeton-load");
        thread.setDaemon(true);
        thread.start();
    }

    /** Creates a strict injector: every binding is explicit. */
    static Injector injector(Module... modules) {
        Module strict = binder -> {
            binder.requireExplicitBindings();
            binder.requireAtInjectOnConstructors();
            binder.requireExactBindingAnnotations();
            binder.disableCircularProxies();
        };
        // Generated code makes newer JVMs print warnings, and does not pay off for singletons.
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

    private static AutoCloseable serve(GrpcServer server, ListenAddress address, Config config) {
        address.close();
        try {
            server.start();
        } catch (IOException e) {
            throw ListenAddress.unavailable(config.server(), e);
        }
        return () -> {
            server.announceShutdown();
            Thread.sleep(config.drainDelay().toMillis());
            server.drain(config.drainTimeout());
        };
    }

    private static Login login(Storage storage, DataDirectory data, Lifecycle lifecycle) {
        if (storage instanceof Storage.External external) {
            return external.login();
        }
        int connections = storage.limits().connections();
        return lifecycle.open(() -> EmbeddedDatabase.start(data, connections)).login();
    }

    /** Returns whether this is the first start of all, with nothing to serve yet. */
    private static boolean install(Installation installation, Path file) {
        AtomicBoolean written = new AtomicBoolean();
        boolean installed = installation.installOnce(secret -> {
            OwnerOnly.write(file, secret.revealSecret());
            written.set(true);
        });
        if (installed) {
            log.info("The first operator token is in {}", file);
        } else if (written.get()) {
            // Another replica installed first; only its token is valid.
            delete(file);
        }
        return installed;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file + ": " + FileErrors.reason(e), e);
        }
    }
}
