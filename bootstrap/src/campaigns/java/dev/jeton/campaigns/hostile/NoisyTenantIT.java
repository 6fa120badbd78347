package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.QuietMachine;
import dev.jeton.bootstrap.support.http2.Frame;
import dev.jeton.bootstrap.support.http2.RawConnection;
import dev.jeton.bootstrap.support.http2.RequestHeaders;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.TokenServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tenant's administrator asks for as much as possible, from a server with a small heap. Other tenants do not notice. */
@Tag("G21")
class NoisyTenantIT {
    private static final int TOKENS = 2_000;
    private static final int READERS = 16;
    private static final int UNREAD_CONNECTIONS = 4;
    private static final int CALLS_PER_CONNECTION = 100;
    private static final long MILLIS = Form.pick(1_000, 6_000, 60_000);
    private static final int TIMES_SLOWER = 3;

    /** A busy machine may take longer for so many. */
    private static final long MIN_CALLS = 10;

    /** Below this, a difference is the machine's and not the server's. */
    private static final long NOTICEABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long ALWAYS_NANOS = TimeUnit.SECONDS.toNanos(5);

    @TempDir
    static Path directory;

    private static JetonProcess server;
    private static World noisy;
    private static World other;
    private static Histogram before;

    private final QuietMachine machine = new QuietMachine();

    @BeforeAll
    static void startServerWithLargeTokens() throws Exception {
        server = JetonProcess.start(List.of("-Xmx256m"), directory);
        Api operator = new Api(server.asOperator());
        noisy = World.create(operator);
        other = World.create(operator);
        copy(largeToken(operator), server.database());
    }

    /** About 11 kB. */
    private static String largeToken(Api operator) {
        return operator.create(CreateTokenRequest.newBuilder()
                        .setUserId(noisy.userId())
                        .setName("large")
                        .setDescription("\uD83D\uDE80".repeat(500))
                        .addWorkloadIds(noisy.workloadId())
                        .addAllScopes(IntStream.range(100, 164)
                                .mapToObj(number -> "x".repeat(125) + number)
                                .toList()))
                .getToken()
                .getId();
    }

    private static void copy(String tokenId, Login login) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                PreparedStatement copy = connection.prepareStatement("""
                        INSERT INTO tokens
                        SELECT (jsonb_populate_record(t, jsonb_build_object('token_id', gen_random_uuid()))).*
                        FROM tokens t CROSS JOIN generate_series(1, ?) WHERE token_id = ?::uuid
                        """)) {
            copy.setInt(1, TOKENS);
            copy.setString(2, tokenId);
            copy.execute();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void measureWithoutNoise() throws Exception {
        before = othersDuring(() -> {});
    }

    @Test
    void largestPagesInParallel() throws Exception {
        LongAdder pages = new LongAdder();
        LongAdder refused = new LongAdder();
        Api api = new Api(server.as(noisy.secret()));
        Histogram during = othersDuring(Load.onThreads(READERS, reader -> () -> {
            try {
                ListTokensResponse page = api.tokens.listTokens(
                        ListTokensRequest.newBuilder().setPageSize(1_000).build());
                assertThat(page.getSerializedSize()).isBetween(1 << 19, 1 << 20);
                pages.increment();
            } catch (StatusRuntimeException overloaded) {
                assertThat(overloaded.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
                refused.increment();
            }
        }));

        assertThat(pages.sum()).isPositive();
        assertUnnoticed("largest pages", during, pages + " pages, " + refused + " refused");
    }

    @Test
    void repliesThatNobodyReads() throws Exception {
        List<RawConnection> connections = new ArrayList<>();
        Histogram during = othersDuring(Load.onThreads(UNREAD_CONNECTIONS, i -> () -> {
            RawConnection connection = RawConnection.open(server.port());
            synchronized (connections) {
                connections.add(connection);
            }
            leaveUnread(connection);
            // The attacker itself must not take the processors, which it shares with the server.
            TimeUnit.MILLISECONDS.sleep(500);
        }));

        assertUnnoticed("unread replies", during, connections.size() + " connections");
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    /** Asks for a hundred pages through a window of no bytes. */
    private static void leaveUnread(RawConnection connection) throws IOException {
        String path = "/" + TokenServiceGrpc.getListTokensMethod().getFullMethodName();
        byte[] request =
                ListTokensRequest.newBuilder().setPageSize(1_000).build().toByteArray();
        byte[] message = ByteBuffer.allocate(5 + request.length)
                .put((byte) 0)
                .putInt(request.length)
                .put(request)
                .array();
        RequestHeaders headers = new RequestHeaders(path, noisy.secret());
        connection.setting(Frame.INITIAL_WINDOW_SIZE, 0);
        for (int call = 0; call < CALLS_PER_CONNECTION; call++) {
            int stream = 2 * call + 1;
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, stream, call == 0 ? headers.first() : headers.next());
            connection.frame(Frame.DATA, Frame.END_STREAM, stream, message);
        }
        connection.flush();
    }

    /** The latencies of another tenant's calls; all of them succeed. */
    private static Histogram othersDuring(AutoCloseable noise) throws Exception {
        try (noise;
                Bystanders bystanders = new Bystanders(server.address(), other)) {
            TimeUnit.MILLISECONDS.sleep(MILLIS / 4);
            bystanders.takeLatencies();
            TimeUnit.MILLISECONDS.sleep(MILLIS);
            Awaiting.until(bystanders::calls, calls -> calls >= MIN_CALLS);
            assertThat(bystanders.failures()).isEmpty();
            return bystanders.takeLatencies();
        }
    }

    private void assertUnnoticed(String noise, Histogram during, String amount) {
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        boolean quiet = machine.wasQuiet();
        long limit = Math.max(TIMES_SLOWER * before.percentile(99), NOTICEABLE_NANOS);
        assertThat(during.percentile(99)).isLessThanOrEqualTo(quiet ? limit : ALWAYS_NANOS);
        Results.add(
                "G21",
                noise,
                "%s; others' p99 %.1f ms, without %.1f ms%s"
                        .formatted(
                                amount,
                                during.percentile(99) / 1e6,
                                before.percentile(99) / 1e6,
                                quiet ? "" : ", on a busy machine"));
    }
}
