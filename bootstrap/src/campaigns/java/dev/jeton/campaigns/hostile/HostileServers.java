package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A server and its broken twin on one database, shared by all classes that register this extension. */
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

    /** {@link CarelessJeton}; waits until it is ready. */
    JetonProcess twin() {
        return running().twin.join();
    }

    /** Another {@link CarelessJeton}, which no test has called yet. */
    JetonProcess newTwin() {
        return running().cluster.twin("new-twin", CarelessJeton.class);
    }

    /** The operator's client of the server. Use it also to create resources for the twin. */
    Api operator() {
        return new Api(server().asOperator());
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
                CompletableFuture<JetonProcess> twin =
                        CompletableFuture.supplyAsync(() -> cluster.twin("twin", CarelessJeton.class));
                return new Running(directory, cluster, server, twin);
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
