package dev.jeton.benchmark.reference;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifiedToken;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The obvious way to verify tokens: each call blocks a thread, takes a connection and queries the database. Ignores the caller's own token.
 */
public final class PerCallServer extends VerificationServiceGrpc.VerificationServiceImplBase {
    public static final String SERVING = "Per call is serving on 127.0.0.1:";

    private static final int CONNECTIONS = 2;
    private static final int THREADS = 16;

    private final BlockingQueue<SingleLookup> pool = new ArrayBlockingQueue<>(CONNECTIONS);
    private final SecretHasher hasher = new SecretHasher();

    private PerCallServer() {}

    /**
     * Serves on a free port until standard input ends.
     *
     * @param arguments URL and user of the database; the password is the first line of standard input
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Login login = new Login(arguments[0], arguments[1], in.readLine());
        PerCallServer service = new PerCallServer();
        for (int i = 0; i < CONNECTIONS; i++) {
            service.pool.add(new SingleLookup(SingleLookup.connect(login)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(threads)
                .addService(service)
                .build()
                .start();
        System.out.println(SERVING + server.getPort());
        while (in.readLine() != null) {
            continue;
        }
        server.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public void verifyToken(VerifyTokenRequest request, StreamObserver<VerifyTokenResponse> reply) {
        try {
            reply.onNext(verify(request.getSecret()));
            reply.onCompleted();
        } catch (SQLException | InterruptedException e) {
            reply.onError(Status.UNAVAILABLE.withCause(e).asRuntimeException());
        }
    }

    private VerifyTokenResponse verify(String secret) throws SQLException, InterruptedException {
        Optional<PresentedToken> presented = PresentedToken.parse(secret);
        if (presented.isEmpty()) {
            return answer(Verdict.VERDICT_MALFORMED);
        }
        SingleLookup lookup = pool.take();
        Optional<SingleLookup.Row> row;
        try {
            row = lookup.find(
                    presented.get().tenantId().value(),
                    presented.get().tokenId().value());
        } finally {
            pool.add(lookup);
        }
        if (row.isEmpty() || !hasher.matches(presented.get(), row.get().digest())) {
            return answer(Verdict.VERDICT_NOT_FOUND);
        }
        VerifiedToken token = VerifiedToken.newBuilder()
                .setId(presented.get().tokenId().toString())
                .setTenantId(presented.get().tenantId().toString())
                .setUserId(row.get().userId().toString())
                .setTenantWide(true)
                .build();
        return answer(row.get().active() ? Verdict.VERDICT_ALLOWED : Verdict.VERDICT_CANCELLED).toBuilder()
                .setToken(token)
                .build();
    }

    private static VerifyTokenResponse answer(Verdict verdict) {
        return VerifyTokenResponse.newBuilder().setVerdict(verdict).build();
    }
}
