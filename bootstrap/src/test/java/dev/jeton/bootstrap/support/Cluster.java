package dev.jeton.bootstrap.support;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A PostgreSQL and the server processes that share it. Closing it stops them all. Thread-safe after the first server has started. */
public final class Cluster implements AutoCloseable {
    /** Transaction connections per server: so few that all stay open, so one more is a leak. */
    public static final int POOL_SIZE = 8;

    public static final int CONNECTIONS = 100;

    private final Path directory;
    private final Login login;
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private final Path password;
    private volatile String operator = "";
    private Map<String, String> environment = JetonProcess.PATIENCE;

    private Cluster(Path directory, Login login) throws IOException {
        this.directory = directory;
        this.login = login;
        password = directory.resolve("password");
        OwnerOnly.write(password, login.password());
    }

    /** @param directory an existing directory for all files */
    public static Cluster start(Path directory) throws IOException {
        Store store = Store.start(directory.resolve("database"), CONNECTIONS);
        Cluster cluster = new Cluster(directory, store.login());
        cluster.opened(store);
        return cluster;
    }

    /** Uses a database that the caller starts and stops. */
    public static Cluster on(Path directory, Login login) throws IOException {
        return new Cluster(directory, login);
    }

    /** Makes servers keep the limits of the database that users have, for tests in which the database fails. */
    public Cluster withUsualLimits() {
        environment = Map.of();
        return this;
    }

    /** Starts the packaged server; the first one creates the operator. */
    public JetonProcess server(String name, String... jvmOptions) {
        return serverAt(login.url(), name, jvmOptions);
    }

    /** Starts the packaged server with additional options. */
    public JetonProcess serverWith(String name, String... options) {
        return started(
                JetonProcess.start(environment, List.of(), directory.resolve(name), options(login.url(), options)));
    }

    /** Starts the packaged server with another URL of the same database. */
    public JetonProcess serverAt(String url, String name, String... jvmOptions) {
        return started(JetonProcess.start(environment, List.of(jvmOptions), directory.resolve(name), options(url)));
    }

    /** Starts the packaged server with a wrong clock. */
    public JetonProcess serverAtWrongTime(String name, Faketime clock) {
        return started(JetonProcess.start(clock, directory.resolve(name), options(login.url())));
    }

    private JetonProcess started(JetonProcess process) {
        opened(process);
        if (operator.isEmpty()) {
            operator = process.operatorToken();
        }
        return process;
    }

    /** Starts a broken twin. Requires a server. */
    public JetonProcess twin(String name, Class<?> program, String... options) {
        return opened(JetonProcess.startInstead(
                environment, program, directory.resolve(name), options(login.url(), options)));
    }

    /** The first operator's secret. Requires a server. */
    public String operatorToken() {
        return operator;
    }

    public Login login() {
        return login;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private String[] options(String url, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--db-url=" + url,
                "--db-user=" + login.user(),
                "--db-password-file=" + password,
                "--db-pool-size=" + POOL_SIZE));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** Closes the resource with the cluster; resources close in reverse order. */
    public <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }
}
