package dev.jeton.campaigns.upgrade;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.JetonProcess;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two servers on one database, each of which can be replaced while the other serves. Closing it leaves nothing behind. Not thread-safe. */
final class RollingServers implements AutoCloseable {
    private static final int CONNECTIONS = 100;
    private static final long PATIENCE_SECONDS = 60;
    private static final String DRAIN_DELAY = "--drain-delay=300ms";

    private final Path directory;
    private final EmbeddedDatabase database;
    private final String[] options;
    private final List<JetonProcess> servers = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final String operator;

    RollingServers(Path directory) throws IOException {
        this.directory = directory;
        database = EmbeddedDatabase.start(PreparedData.in(directory.resolve("database")), CONNECTIONS);
        Login login = database.login();
        Path password = Files.writeString(directory.resolve("password"), login.password());
        options = new String[] {
            "--db-url=" + login.url(), "--db-user=" + login.user(), "--db-password-file=" + password, DRAIN_DELAY
        };
        for (int i = 0; i < 2; i++) {
            servers.add(JetonProcess.start(directory.resolve("server-" + i), options));
            addresses.add(servers.get(i).address());
        }
        operator = servers.get(0).operatorToken();
    }

    List<String> addresses() {
        return List.copyOf(addresses);
    }

    String operator() {
        return operator;
    }

    /**
     * Tells each to stop and starts it again, the second when the first is in use again.
     *
     * @return how long the slower one took to stop
     */
    Duration roll(List<Traffic> traffic) throws Exception {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < servers.size(); i++) {
            Duration stopped = stop(servers.get(i));
            longest = stopped.compareTo(longest) > 0 ? stopped : longest;
            startAgain(i, traffic);
        }
        return longest;
    }

    /** Kills one without a word, and starts it again. */
    void kill(List<Traffic> traffic) throws Exception {
        servers.get(0).kill9();
        startAgain(0, traffic);
    }

    @Override
    public void close() {
        servers.forEach(JetonProcess::close);
        database.close();
    }

    private void startAgain(int index, List<Traffic> traffic) throws InterruptedException {
        String address = addresses.get(index);
        List<String> again = new ArrayList<>(List.of(options));
        again.add("--port=" + address.substring(address.indexOf(':') + 1));
        servers.set(index, JetonProcess.start(directory.resolve("server-" + index), again.toArray(String[]::new)));
        for (Traffic clients : traffic) {
            clients.awaitServedBy(address, 10);
        }
    }

    private static Duration stop(JetonProcess server) throws Exception {
        CompletableFuture<Void> notServing = notServing(server);
        long told = System.nanoTime();
        server.handle().destroy();
        notServing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        // Whoever watches on keeps the connection, and the server waits for it.
        server.channel().shutdownNow();
        int status = server.exitStatus();
        if (status != 0) {
            throw new AssertionError("Jeton ended with " + status + "; its log:\n" + server.log());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - told);
        server.close();
        return took;
    }

    /** Completed when health says so; exceptionally, if the server is gone before it does. */
    private static CompletableFuture<Void> notServing(JetonProcess server) {
        CompletableFuture<Void> watching = new CompletableFuture<>();
        CompletableFuture<Void> notServing = new CompletableFuture<>();
        HealthGrpc.newStub(server.channel())
                .watch(HealthCheckRequest.getDefaultInstance(), new HealthWatch(watching, notServing));
        watching.join();
        return notServing;
    }

    private record HealthWatch(CompletableFuture<Void> watching, CompletableFuture<Void> notServing)
            implements StreamObserver<HealthCheckResponse> {

        @Override
        public void onNext(HealthCheckResponse response) {
            watching.complete(null);
            if (response.getStatus() == ServingStatus.NOT_SERVING) {
                notServing.complete(null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            watching.completeExceptionally(failure);
            notServing.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            notServing.completeExceptionally(new IllegalStateException("Not watched any more"));
        }
    }
}
