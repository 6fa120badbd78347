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
import org.junit.jupiter.api.extension.Extension;

/**
 * A server and its broken twin on one database, shared by all classes of a JVM that register this extension. They start when a test first asks
 * for one, and stop with the JVM.
 */
final class HostileServers implements Extension {
    private static final Running SHARED = new Running();

    JetonProcess server() {
        return SHARED.server();
    }

    /** {@link CarelessJeton}. */
    JetonProcess twin() {
        return SHARED.twin();
    }

    /** Another {@link CarelessJeton}, which no test has called yet. */
    JetonProcess newTwin() {
        return SHARED.cluster().twin("new-twin", CarelessJeton.class);
    }

    /** The operator's client of the server. Use it also to create resources for the twin. */
    Api operator() {
        return new Api(server().asOperator());
    }

    String operatorToken() {
        return SHARED.cluster().operatorToken();
    }

    private static final class Running {
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
                    Path directory = Files.createTempDirectory("jeton-hostile");
                    Cluster started = Cluster.start(directory);
                    server = started.server("server");
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, directory)));
                    cluster = started;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return cluster;
        }

        private static void stop(Cluster cluster, Path directory) {
            try {
                cluster.close();
                FileTree.delete(directory);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
