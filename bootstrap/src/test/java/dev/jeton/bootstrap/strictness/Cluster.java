package dev.jeton.bootstrap.strictness;

import dev.jeton.bootstrap.JetonProcess;
import dev.jeton.bootstrap.TrustingJeton;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A PostgreSQL and server processes that share it. Closing it leaves none of them behind. Thread-safe once there is a replica. */
public final class Cluster implements AutoCloseable {
    static final int CONNECTIONS = 100;

    private final Path directory;
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private final String[] options;
    private volatile String operator = "";

    private Cluster(Path directory, Login login) throws IOException {
        this.directory = directory;
        Path password = Files.writeString(directory.resolve("password"), login.password());
        options =
                new String[] {"--db-url=" + login.url(), "--db-user=" + login.user(), "--db-password-file=" + password};
    }

    /** @param directory for everything that is kept; it must be there */
    static Cluster start(Path directory) throws IOException {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(DataDirectory.open(directory.resolve("database")), CONNECTIONS);
        Cluster cluster = new Cluster(directory, database.login());
        cluster.opened(database);
        return cluster;
    }

    /** Leaves the database to the caller, who has one in that directory that is reached so. */
    public static Cluster on(Path directory, Login login) throws IOException {
        return new Cluster(directory, login);
    }

    /** The first operator's secret; empty before there is a server. */
    public String operator() {
        return operator;
    }

    /** The packaged server; the first of them makes the operator. */
    Replica replica(String name) {
        return opened(new Replica(name, server(name), operator));
    }

    /** The same without clients; anew, if one of that name was killed. */
    public JetonProcess server(String name) {
        JetonProcess process = opened(JetonProcess.start(directory.resolve(name), options));
        if (operator.isEmpty()) {
            operator = process.operatorToken();
        }
        return process;
    }

    /** The broken twin; there must be a server already. */
    Replica twin(String name) {
        return opened(new Replica(name, instead(TrustingJeton.class, name), operator));
    }

    /** Another program in a server's place, which understands the same options; there must have been a server already. */
    public JetonProcess instead(Class<?> program, String name) {
        return opened(JetonProcess.startInstead(program, directory.resolve(name), options));
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }
}
