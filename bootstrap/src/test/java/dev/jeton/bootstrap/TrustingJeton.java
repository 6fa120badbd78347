package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.util.Modules;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.log.Logging;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import io.grpc.InsecureServerCredentials;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * The server's broken twin: it verifies by {@link TrustingLookup}, and is the server in all else. It joins an external database that a real
 * server has installed. A test that does not tell the two apart proves nothing.
 */
public final class TrustingJeton {

    private TrustingJeton() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Logging.prepare();
        Environment environment = new Environment(System.getenv());
        CommandLine commandLine = Jeton.commandLine(environment);
        commandLine.parseArgs(environment.complete(commandLine, arguments));
        Lifecycle lifecycle = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::close));
        GrpcServer server =
                injector(commandLine.<Jeton>getCommand().config(), lifecycle).getInstance(GrpcServer.class);
        server.start();
        System.out.println("Jeton is serving on 127.0.0.1:" + server.port());
        new CountDownLatch(1).await();
    }

    private static Injector injector(Config config, Lifecycle lifecycle) {
        Storage.External storage = (Storage.External) config.storage();
        DatabaseSettings settings = storage.limits().at(storage.login());
        return Server.injector(
                Modules.override(List.of(new JdbiModule(settings, lifecycle))).with(new TrustingModule()),
                new ApplicationModule(config.retention()),
                new GrpcModule(config.server(), InsecureServerCredentials.create()));
    }

    private static final class TrustingModule extends AbstractModule {

        @Provides
        @Singleton
        TokenLookup tokenLookup(Database database) {
            return new TrustingLookup(database.tokenLookup());
        }
    }
}
