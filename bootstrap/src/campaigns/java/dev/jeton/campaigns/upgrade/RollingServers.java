package dev.jeton.campaigns.upgrade;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Proxy;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two servers on one database; one can restart while the other serves. Each is behind a proxy, so that its address stays the same although every
 * start takes a free port. Not thread-safe.
 */
final class RollingServers implements AutoCloseable {
    private static final int NOWHERE = 0;
    private static final long TIMEOUT_SECONDS = 60;

    private final Cluster cluster;
    private final List<JetonProcess> servers = new ArrayList<>();
    private final List<Proxy> proxies = new ArrayList<>();

    RollingServers(Path directory) throws IOException {
        cluster = Cluster.start(directory);
        for (int i = 0; i < 2; i++) {
            servers.add(start(i));
            proxies.add(cluster.opened(new Proxy(servers.get(i).port())));
        }
    }

    List<String> addresses() {
        return proxies.stream().map(proxy -> "127.0.0.1:" + proxy.port()).toList();
    }

    String operator() {
        return cluster.operatorToken();
    }

    /**
     * Restarts the servers one after another, each after the previous one serves traffic again.
     *
     * @return how long each took to stop
     */
    List<Duration> roll(List<Traffic> traffic) throws InterruptedException {
        List<Duration> stops = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            stops.add(stop(servers.get(i)));
            startAgain(i, traffic);
        }
        return stops;
    }

    /** Kills the first server without warning. */
    void kill() {
        servers.get(0).kill9();
    }

    /** Starts a server again, and returns when it serves traffic. */
    void startAgain(int index, List<Traffic> traffic) throws InterruptedException {
        proxies.get(index).pointTo(NOWHERE);
        servers.set(index, start(index));
        proxies.get(index).pointTo(servers.get(index).port());
        for (Traffic clients : traffic) {
            clients.awaitServedBy(addresses().get(index), 10);
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }

    private JetonProcess start(int index) {
        return cluster.serverWith("server-" + index, "--drain-delay=300ms");
    }

    /** Stops the server with SIGTERM. Its health must report this before it exits. */
    private static Duration stop(JetonProcess server) {
        Iterator<HealthCheckResponse> health = HealthGrpc.newBlockingStub(server.channel())
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .watch(HealthCheckRequest.getDefaultInstance());
        health.next();
        long began = System.nanoTime();
        server.handle().destroy();
        while (health.next().getStatus() != ServingStatus.NOT_SERVING) {
            // It is still serving.
        }
        // The server waits for this connection while it watches.
        server.channel().shutdownNow();
        int status = server.exitStatus();
        if (status != 0) {
            throw new AssertionError("Jeton ended with " + status + "; its log:\n" + server.log());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
