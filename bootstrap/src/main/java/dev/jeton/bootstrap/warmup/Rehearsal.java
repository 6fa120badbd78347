package dev.jeton.bootstrap.warmup;

import com.google.protobuf.MessageLite;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Calls a server over loopback TCP as its callers will, with the secrets of a tenant that exists in memory only. The server must use
 * {@link #lookup} and {@link #transactor}: one does real lookups, the other real transactions that it rolls back. So nothing is written.
 * Not thread-safe, except {@link #close}.
 */
public final class Rehearsal implements AutoCloseable {
    private static final String VERIFICATION = "/jeton.v1.VerificationService/";
    private static final String TOKENS = "/jeton.v1.TokenService/";

    private static final int STORED_TENANTS = 16;
    private static final int STORED_TOKENS_PER_TENANT = 64;

    private static final int CONNECTIONS = 8;
    private static final int IN_FLIGHT = 16;

    /** A server that has just started would not answer as many in time. */
    private static final int ROUNDS_PER_STEP = 4;

    private static final int ROUNDS_PER_BATCH = 8;
    private static final int ALLOWED_PER_DENIED = 16;

    /** Leaves the processor to the verifications, which are far more frequent in service too. */
    private static final Duration CHANGE_PAUSE = Duration.ofMillis(20);

    private final SyntheticTenant tenant;
    private final TokenLookup lookup;
    private final Transactor transactor;
    private final List<CallConnection> connections = new ArrayList<>();
    private volatile boolean closed;

    /** Reads the keys of some stored tokens. */
    public Rehearsal(TokenLookup lookup, Transactor transactor, SecretHasher hasher, SecureRandom random) {
        tenant = new SyntheticTenant(hasher, random);
        this.lookup = new SyntheticLookup(lookup, tenant, transactor.inTransaction(Rehearsal::storedTokens));
        this.transactor = new RolledBack(transactor, tenant);
    }

    /** The lookup of the server to call. */
    public TokenLookup lookup() {
        return lookup;
    }

    /** The transactor of the server to call. */
    public Transactor transactor() {
        return transactor;
    }

    /** How many calls got a reply that is no error. A batch counts as one. */
    public record Calls(int verifications, int changes) {}

    /**
     * Calls the server until the time is over.
     *
     * @throws IOException if a connection breaks, or was closed by {@link #close}
     */
    public Calls run(int port, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        FutureTask<Integer> changes = new FutureTask<>(() -> change(port, end));
        Thread thread = new Thread(changes, "jeton-warm-up");
        thread.setDaemon(true);
        thread.start();
        int verifications = verify(port, end);
        try {
            return new Calls(verifications, changes.get());
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Ends the calls. */
    @Override
    public synchronized void close() {
        closed = true;
        connections.forEach(CallConnection::close);
    }

    private int verify(int port, long end) throws IOException {
        List<CallConnection> singles = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            String bearer = i % 2 == 0 ? tenant.operatorsGateway() : tenant.gateway();
            singles.add(connect(port, VERIFICATION + "VerifyToken", bearer, end));
        }
        CallConnection batches = connect(port, VERIFICATION + "BatchVerifyTokens", tenant.operatorsGateway(), end);
        List<byte[]> verifications = verifications();
        byte[] batch = batch();
        int next = 0;
        int replies = 0;
        try {
            for (int round = 0; ; round++) {
                long began = System.nanoTime();
                int inFlight = Math.min(IN_FLIGHT, 1 + round / ROUNDS_PER_STEP);
                for (CallConnection connection : singles) {
                    for (int i = 0; i < inFlight; i++) {
                        connection.send(verifications.get(next++ % verifications.size()));
                    }
                    connection.flush();
                }
                for (CallConnection connection : singles) {
                    replies += connection.receive();
                }
                if (round % ROUNDS_PER_BATCH == 0) {
                    replies += batches.call(batch);
                }
                // Pauses as long as the round took. Calls without a pause would take the processor from the compiler.
                LockSupport.parkNanos(System.nanoTime() - began);
            }
        } catch (SocketTimeoutException timeIsOver) {
            return replies;
        }
    }

    private int change(int port, long end) throws IOException {
        CallConnection creates = connect(port, TOKENS + "CreateToken", tenant.console(), end);
        CallConnection cancels = connect(port, TOKENS + "CancelToken", tenant.console(), end);
        byte[] create = bytes(CreateTokenRequest.newBuilder()
                .setUserId(tenant.userId().toString())
                .setName("warm-up token"));
        byte[] cancel = bytes(CancelTokenRequest.newBuilder()
                .setTokenId(tenant.tokenId().toString())
                .setReason("warm-up"));
        int replies = 0;
        try {
            while (true) {
                replies += creates.call(create);
                replies += cancels.call(cancel);
                LockSupport.parkNanos(CHANGE_PAUSE.toNanos());
            }
        } catch (SocketTimeoutException timeIsOver) {
            return replies;
        }
    }

    private synchronized CallConnection connect(int port, String path, String bearer, long end) throws IOException {
        if (closed) {
            throw new IOException("The rehearsal was stopped");
        }
        CallConnection connection = new CallConnection(port, path, bearer, end);
        connections.add(connection);
        return connection;
    }

    private List<byte[]> verifications() {
        List<byte[]> requests = new ArrayList<>();
        for (String secret : tenant.tenantWide()) {
            requests.add(bytes(VerifyTokenRequest.newBuilder().setSecret(secret)));
        }
        for (String secret : tenant.bound()) {
            requests.add(bytes(VerifyTokenRequest.newBuilder()
                    .setSecret(secret)
                    .setWorkloadId(tenant.workloadId().toString())));
        }
        for (int i = requests.size(); i > 0; i -= ALLOWED_PER_DENIED) {
            String denied =
                    tenant.denied().get(i / ALLOWED_PER_DENIED % tenant.denied().size());
            requests.add(i, bytes(VerifyTokenRequest.newBuilder().setSecret(denied)));
        }
        return requests;
    }

    private byte[] batch() {
        BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
        Stream.concat(tenant.tenantWide().stream().limit(IN_FLIGHT), tenant.denied().stream())
                .forEach(secret ->
                        batch.addRequests(VerifyTokenRequest.newBuilder().setSecret(secret)));
        return bytes(batch);
    }

    private static byte[] bytes(MessageLite.Builder request) {
        return request.build().toByteArray();
    }

    private static List<TokenKey> storedTokens(Repositories repositories) {
        List<TokenKey> keys = new ArrayList<>();
        repositories
                .directory()
                .tenants(PageRequest.first(STORED_TENANTS))
                .items()
                .forEach(stored -> addStoredTokens(stored.id(), repositories, keys));
        return keys;
    }

    private static void addStoredTokens(TenantId tenantId, Repositories repositories, List<TokenKey> keys) {
        repositories
                .tokens()
                .page(
                        tenantId,
                        TokenFilter.ALL,
                        repositories.moment().time(),
                        PageRequest.first(STORED_TOKENS_PER_TENANT))
                .items()
                .forEach(token -> keys.add(new TokenKey(tenantId, token.id())));
    }
}
