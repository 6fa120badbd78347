package dev.jeton.bootstrap.endtoend;

import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.User;
import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server process that all test classes of a JVM share. It starts with the first of them and stops with the JVM, because Surefire runs each class
 * by itself, with stores of its own. Register it as an extension in a static field, create your own tenant, and do not stop the server.
 */
public final class RunningJeton implements BeforeAllCallback {
    private static @Nullable Server shared;

    private @Nullable Server server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = shared();
    }

    private static synchronized Server shared() {
        if (shared == null) {
            Server started = Server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared;
    }

    /** The operator's console. */
    Console console() {
        return new Console(asOperator());
    }

    /** The console of someone with this role: an admin of the tenant, the user itself as a member, or the operator. */
    Console console(Role role, Tenant tenant, User user) {
        return console().of(role, tenant, user, this::as);
    }

    /** A channel whose calls present the operator's token. */
    public Channel asOperator() {
        return process().asOperator();
    }

    /** A channel whose calls present this token. */
    Channel as(String token) {
        return process().as(token);
    }

    /** A channel whose calls present no token. */
    Channel anonymous() {
        return process().channel();
    }

    public JetonProcess process() {
        if (server == null) {
            throw new IllegalStateException("Register this extension in a static field");
        }
        return server.process();
    }

    public Path dataDirectory() {
        process();
        return server.dataDirectory();
    }

    private record Server(Path dataDirectory, JetonProcess process) {

        static Server start() {
            try {
                Path dataDirectory = Files.createTempDirectory("jeton-end-to-end");
                return new Server(dataDirectory, JetonProcess.start(dataDirectory, "--use-interval=1s"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            process.terminate();
            process.close();
            try {
                FileTree.delete(dataDirectory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
