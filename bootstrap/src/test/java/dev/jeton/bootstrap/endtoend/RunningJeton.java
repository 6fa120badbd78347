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
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One real server process on a fresh data directory, started for the first class that asks and stopped after the last test of the run. */
final class RunningJeton implements BeforeAllCallback {
    private @Nullable Server server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(Namespace.create(RunningJeton.class))
                .computeIfAbsent(Server.class, type -> Server.start(), Server.class);
    }

    /** What a console that holds the operator's token does. */
    Console console() {
        return new Console(asOperator());
    }

    /** What somebody of that role in the tenant does: its admin, the user itself as a MEMBER, or the operator. */
    Console console(Role role, Tenant tenant, User user) {
        return console().of(role, tenant, user, this::as);
    }

    /** A channel whose calls present the operator's token. */
    Channel asOperator() {
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

    private JetonProcess process() {
        if (server == null) {
            throw new IllegalStateException("Register this extension in a static field");
        }
        return server.process();
    }

    private record Server(Path dataDirectory, JetonProcess process) implements AutoCloseable {

        static Server start() {
            try {
                Path dataDirectory = Files.createTempDirectory("jeton-end-to-end");
                return new Server(dataDirectory, JetonProcess.start(dataDirectory, "--use-interval=1s"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            process.terminate();
            process.close();
            FileTree.delete(dataDirectory);
        }
    }
}
