package dev.jeton.bootstrap.warmup;

import com.google.protobuf.MessageLite;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls a server over loopback TCP as its callers will, with a tenant that exists in memory only. The server must use {@link #lookup} and
 * {@link #transactor}: the first does real lookups, the second real transactions that it rolls back. So nothing is written. Not thread-safe,
 * except {@link #close}.
 */
public final class Rehearsal implements AutoCloseable {
    private static final int REAL_TENANTS = 16;
    private static final int REAL_TOKENS = 64;
    private static final int IN_FLIGHT = 16;
    private static final int VERIFYING = 4;
    private static final int BATCH = 20;
    private static final int DENIED_EVERY = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String VERIFICATION = "/jeton.v1.VerificationService/";
    private static final String TOKENS = "/jeton.v1.TokenService/";

    private final SyntheticTenant tenant;
    private final TokenLookup lookup;
    private final Transactor transactor;
    private final List<byte[]> verifications = new ArrayList<>();
    private final List<CallConnection> connections = new ArrayList<>();
    private int next;
    private volatile boolean closed;

    public Rehearsal(TokenLookup lookup, Transactor transactor, SecretHasher hasher, SecureRandom random) {
        tenant = new SyntheticTenant(hasher, random);
        this.lookup = new SyntheticLookup(lookup, tenant, storedTokens(transactor));
        this.transactor = new RolledBack(transactor, tenant);
        for (int i = 0; i < tenant.allowed().size(); i++) {
            VerifyTokenRequest.Builder request =
                    VerifyTokenRequest.newBuilder().setSecret(tenant.allowed().get(i));
            if (i % 2 == 1) {
                request.setWorkloadId(tenant.workloadId().toString());
            }
            verifications.add(request.build().toByteArray());
            if (i % DENIED_EVERY == 0) {
                String denied = tenant.denied().get(i / DENIED_EVERY % tenant.denied().size());
                verifications.add(
                        VerifyTokenRequest.newBuilder().setSecret(denied).build().toByteArray());
            }
        }
    }

    /** The lookup of the server to call. */
    public TokenLookup lookup() {
        return lookup;
    }

    /** The transactor of the server to call. */
    public Transactor transactor() {
        return transactor;
    }

    /** How many calls got a reply. */
    public record Calls(int verifications, int changes) {}

    public Calls run(int port, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (int i = 0; i < VERIFYING; i++) {
            connect(port, VERIFICATION + "VerifyToken", i % 2 == 0 ? tenant.operatorsGateway() : tenant.gateway());
        }
        CallConnection batches = connect(port, VERIFICATION + "BatchVerifyTokens", tenant.operatorsGateway());
        CallConnection creates = connect(port, TOKENS + "CreateToken", tenant.console());
        CallConnection cancels = connect(port, TOKENS + "CancelToken", tenant.console());
        byte[] batch = batch();
        byte[] create = bytes(CreateTokenRequest.newBuilder()
                .setUserId(tenant.userId().toString())
                .setName("warm-up token"));
        byte[] cancel = bytes(CancelTokenRequest.newBuilder()
                .setTokenId(tenant.changing().toString())
                .setReason("warm-up"));
        int verified = 0;
        int changed = 0;
        for (int round = 0; !closed && System.nanoTime() < deadline; round++) {
            for (CallConnection connection : connections.subList(0, VERIFYING)) {
                for (int i = 0; i < IN_FLIGHT; i++) {
                    connection.send(verifications.get(next++ % verifications.size()));
                }
                connection.flush();
            }
            if (round % 4 == 0) {
                batches.send(batch);
                batches.flush();
            }
            if (round % 8 == 0) {
                creates.send(create);
                creates.flush();
                cancels.send(cancel);
                cancels.flush();
            }
            for (CallConnection connection : connections.subList(0, VERIFYING)) {
                verified += connection.receive();
            }
            batches.receive();
            changed += creates.receive();
            changed += cancels.receive();
        }
        return new Calls(verified, changed);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (CallConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                // Nothing is lost.
            }
        }
    }

    private synchronized CallConnection connect(int port, String path, String bearer) throws IOException {
        CallConnection connection = new CallConnection(port, path, bearer, TIMEOUT);
        connections.add(connection);
        return connection;
    }

    private byte[] batch() {
        BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
        tenant.allowed().stream()
                .limit(BATCH)
                .forEach(secret -> batch.addRequests(VerifyTokenRequest.newBuilder().setSecret(secret)));
        return bytes(batch);
    }

    private static byte[] bytes(MessageLite.Builder request) {
        return request.build().toByteArray();
    }

    private static List<TokenKey> storedTokens(Transactor transactor) {
        return transactor.inTransaction(repositories -> {
            List<TokenKey> keys = new ArrayList<>();
            List<Tenant> tenants = repositories
                    .directory()
                    .tenants(PageRequest.first(REAL_TENANTS))
                    .items();
            for (Tenant each : tenants) {
                repositories
                        .tokens()
                        .page(
                                each.id(),
                                TokenFilter.ALL,
                                repositories.moment().time(),
                                PageRequest.first(REAL_TOKENS))
                        .items()
                        .forEach(token -> keys.add(new TokenKey(token.tenantId(), token.id())));
            }
            return keys;
        });
    }
}
