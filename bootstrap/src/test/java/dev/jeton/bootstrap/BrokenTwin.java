package dev.jeton.bootstrap;

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
 * A server with one part broken on purpose, on an external database that a real server has installed. A test that cannot tell the two apart
 * proves nothing.
 */
public final class BrokenTwin {

    private BrokenTwin() {}

    /**
     * Starts the server and never returns.
     *
     * @param arguments the server's options
     * @param broken overrides the server's bindings
     */
    public static void serve(String[] arguments, Module broken) throws IOException, InterruptedException {
        Logging.prepare();
        Environment environment = new Environment(System.getenv());
        CommandLine commandLine = Jeton.commandLine(environment);
        commandLine.parseArgs(environment.complete(commandLine, arguments));
        Config config = commandLine.<Jeton>getCommand().config();
        Storage.External storage = (Storage.External) config.storage();
        DatabaseSettings settings = storage.limits().at(storage.login());
        Lifecycle lifecycle = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::close));
        GrpcServer server = Server.injector(Modules.override(List.of(
                                new JdbiModule(lifecycle.open(() -> WarmDatabase.open(settings))),
                                new ApplicationModule(config.retention(), config.hasher()),
                                new GrpcModule(config.server(), InsecureServerCredentials.create())))
                        .with(broken))
                .getInstance(GrpcServer.class);
        server.start();
        System.out.println("Jeton is serving on 127.0.0.1:" + server.port());
        new CountDownLatch(1).await();
    }
}
