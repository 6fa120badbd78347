package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A server and its broken twin on one database, shared by all classes that register this extension. They start when a test first asks for one.
 */
final class HostileServers implements BeforeAllCallback {
    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(HostileServers.class))
                .computeIfAbsent(Running.class, type -> new Running(), Running.class);
    }

    JetonProcess server() {
        return running().server();
    }

    /** {@link CarelessJeton}. */
    JetonProcess twin() {
        return running().twin();
    }

    /** Another {@link CarelessJeton}, which no test has called yet. */
    JetonProcess newTwin() {
        return running().cluster().twin("new-twin", CarelessJeton.class);
    }

    /** The operator's client of the server. Use it also to create resources for the twin. */
    Api operator() {
        return new Api(server().asOperator());
    }

    String operatorToken() {
        return running().cluster().operatorToken();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("Register this extension in a static field");
        }
        return running;
    }

    private static final class Running implements AutoCloseable {
        private @Nullable Path directory;
        private @Nullable Cluster cluster;
        private @Nullable JetonProcess server;
        private @Nullable JetonProcess twin;

        synchronized JetonProcess server() {
            cluster();
            return Objects.requireNonNull(server);
        }

        synchronized JetonProcess twin() {
            if (twin == null) {
                twin = cluster().twin("twin", CarelessJeton.class);
            }
            return twin;
        }

        synchronized Cluster cluster() {
            if (cluster == null) {
                try {
                    directory = Files.createTempDirectory("jeton-hostile");
                    cluster = Cluster.start(directory);
                    server = cluster.server("server");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return cluster;
        }

        @Override
        public synchronized void close() throws Exception {
            if (cluster != null) {
                cluster.close();
                FileTree.delete(directory);
            }
        }
    }
}
