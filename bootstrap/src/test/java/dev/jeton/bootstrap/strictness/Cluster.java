package dev.jeton.bootstrap.strictness;

import dev.jeton.bootstrap.JetonProcess;
import dev.jeton.bootstrap.TrustingJeton;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.UnpackedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A PostgreSQL and server processes that share it. Closing it leaves none of them behind. Thread-safe once there is a replica. */
public final class Cluster implements AutoCloseable {
    /** Of each server's connections for transactions. */
    public static final int POOL_SIZE = 8;

    static final int CONNECTIONS = 100;

    private final Path directory;
    private final Login login;
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private final Path password;
    private volatile String operator = "";

    private Cluster(Path directory, Login login) throws IOException {
        this.directory = directory;
        this.login = login;
        password = Files.writeString(directory.resolve("password"), login.password());
    }

    /** @param directory for everything that is kept; it must be there */
    public static Cluster start(Path directory) throws IOException {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(UnpackedPostgres.in(directory.resolve("database")), CONNECTIONS);
        Cluster cluster = new Cluster(directory, database.login());
        cluster.opened(database);
        return cluster;
    }

    /** Leaves the database to the caller, who has one in that directory that is reached so. */
    public static Cluster on(Path directory, Login login) throws IOException {
        return new Cluster(directory, login);
    }

    /** The packaged server, with clients of its own. */
    Replica replica(String name) {
        return replica(name, login.url());
    }

    /** One that goes another way to the same database. */
    Replica replica(String name, String url) {
        return opened(new Replica(name, serverAt(url, name), operator));
    }

    /** The broken twin; there must be a server already. */
    Replica twin(String name) {
        return opened(new Replica(name, twin(name, TrustingJeton.class), operator));
    }

    /** The packaged server; the first of them makes the operator. */
    public JetonProcess server(String name, String... jvmOptions) {
        return serverAt(login.url(), name, jvmOptions);
    }

    /** A broken twin, by the program that it is; there must be a server already. */
    public JetonProcess twin(String name, Class<?> program) {
        return opened(JetonProcess.startInstead(program, directory.resolve(name), options(login.url())));
    }

    /** The first operator's secret; there must be a server already. */
    public String operatorToken() {
        return operator;
    }

    /** How to reach the database. */
    public Login login() {
        return login;
    }

    private JetonProcess serverAt(String url, String name, String... jvmOptions) {
        JetonProcess process = opened(JetonProcess.start(List.of(jvmOptions), directory.resolve(name), options(url)));
        if (operator.isEmpty()) {
            operator = process.operatorToken();
        }
        return process;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /** So few connections are always open: one more would be a leak. */
    private String[] options(String url) {
        return new String[] {
            "--db-url=" + url,
            "--db-user=" + login.user(),
            "--db-password-file=" + password,
            "--db-pool-size=" + POOL_SIZE
        };
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }
}
