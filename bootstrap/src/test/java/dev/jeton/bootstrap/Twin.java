package dev.jeton.bootstrap;

import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.log.Logging;
import dev.jeton.grpc.GrpcServer;
import dev.jeton.jdbi.DatabaseSettings;
import io.grpc.InsecureServerCredentials;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * Serves as the server does, but for one port that is broken on purpose: a test that does not tell the two apart proves nothing. It joins
 * an external database that a real server has installed.
 */
final class Twin {

    private Twin() {}

    /**
     * Serves until the process ends.
     *
     * @param arguments the server's own
     * @param broken provides the port in the place of the real one
     */
    static void serve(String[] arguments, Module broken) throws IOException, InterruptedException {
        Logging.prepare();
        Environment environment = new Environment(System.getenv());
        CommandLine commandLine = Jeton.commandLine(environment);
        commandLine.parseArgs(environment.complete(commandLine, arguments));
        Lifecycle lifecycle = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::close));
        GrpcServer server = injector(commandLine.<Jeton>getCommand().config(), lifecycle, broken)
                .getInstance(GrpcServer.class);
        server.start();
        System.out.println("Jeton is serving on 127.0.0.1:" + server.port());
        new CountDownLatch(1).await();
    }

    private static Injector injector(Config config, Lifecycle lifecycle, Module broken) {
        Storage.External storage = (Storage.External) config.storage();
        DatabaseSettings settings = storage.limits().at(storage.login());
        return Server.injector(
                Modules.override(List.of(new JdbiModule(settings, lifecycle))).with(broken),
                new ApplicationModule(config.retention()),
                new GrpcModule(config.server(), InsecureServerCredentials.create()));
    }
}
