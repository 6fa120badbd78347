package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A server and its broken twin on one database, started for the first class that asks and stopped after the last test of the run. What the
 * twin needs is made through the server.
 */
final class HostileServers implements BeforeAllCallback {
    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(HostileServers.class))
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }

    JetonProcess server() {
        return running().server;
    }

    /** {@link CarelessJeton}, as soon as it serves. */
    JetonProcess twin() {
        return running().twin.join();
    }

    /** The operator on the server. */
    Channel operator() {
        return server().asOperator();
    }

    String operatorToken() {
        return running().cluster.operatorToken();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("Register this extension in a static field");
        }
        return running;
    }

    private record Running(Path directory, Cluster cluster, JetonProcess server, CompletableFuture<JetonProcess> twin)
            implements AutoCloseable {

        static Running start() {
            try {
                Path directory = Files.createTempDirectory("jeton-hostile");
                Cluster cluster = Cluster.start(directory);
                JetonProcess server = cluster.server("server");
                return new Running(
                        directory,
                        cluster,
                        server,
                        CompletableFuture.supplyAsync(() -> cluster.twin("twin", CarelessJeton.class)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            twin.join();
            cluster.close();
            FileTree.delete(directory);
        }
    }
}
