package dev.jeton.campaigns.hostile;

import com.google.protobuf.Message;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends {@link FuzzCase}s and checks every answer with {@link ErrorRules}. Single use. */
final class Fuzzer {
    private static final int WORKERS = 4;

    /** Cases suspend, disable and delete resources, so worlds wear out. */
    private static final int CASES_PER_WORLD = 100;

    private static final int CASES_PER_CONNECTION = 100;

    /** Longer than the server's limit for any call. */
    private static final long DEADLINE_SECONDS = 60;

    /** Extra time for a run in which some RPC has not succeeded yet. */
    private static final Duration EXTRA_TIME = Duration.ofMinutes(2);

    private final ErrorRules rules = ErrorRules.documented();
    private final String address;
    private final Api operator;
    private final String operatorToken;
    private final long seed;
    private final AtomicLong next;
    private volatile World world;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<Code, Integer> codes = new EnumMap<>(Code.class);
    private final Map<String, Integer> successes = new TreeMap<>();

    /**
     * @param address of the server to fuzz
     * @param operator creates the resources of the cases, on any server with the same database
     * @param first the number of the first case
     */
    Fuzzer(String address, Api operator, String operatorToken, long seed, long first) {
        this.address = address;
        this.operator = operator;
        this.operatorToken = operatorToken;
        this.seed = seed;
        next = new AtomicLong(first);
        world = World.create(operator);
        ApiFields.rpcs().keySet().forEach(rpc -> successes.put(rpc, 0));
    }

    /** Runs for this long, or longer until every RPC has succeeded once; stops early after {@code maxFailures}. Returns the failures. */
    List<String> run(Duration duration, int maxFailures) throws InterruptedException {
        long begin = System.nanoTime();
        try (Load load = Load.onThreads(WORKERS, i -> this::sendSome)) {
            while (failures.size() < maxFailures && !load.hasFailed() && !isOver(System.nanoTime() - begin, duration)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return List.copyOf(failures);
    }

    /** On a connection of their own: a call refused before it is sent to its end is reset, and resets per connection are limited. */
    private void sendSome() {
        ManagedChannel channel = GuardedChannel.to(address);
        try {
            for (int i = 0; i < CASES_PER_CONNECTION; i++) {
                sendNext(channel);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private boolean isOver(long nanos, Duration duration) {
        return nanos > (neverSucceeded().isEmpty() ? duration : duration.plus(EXTRA_TIME)).toNanos();
    }

    /** RPCs without a successful case: most of their code was not reached. */
    synchronized List<String> neverSucceeded() {
        return successes.entrySet().stream()
                .filter(rpc -> rpc.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The number of cases by code. */
    @Override
    public synchronized String toString() {
        int cases = codes.values().stream().mapToInt(Integer::intValue).sum();
        return "%,d cases, seed %d: %s".formatted(cases, seed, codes);
    }

    private void sendNext(Channel channel) {
        long number = next.getAndIncrement();
        if (number % CASES_PER_WORLD == 0) {
            world = World.create(operator);
        }
        FuzzCase fuzzCase = FuzzCase.of(seed, number, world, operatorToken);
        String complaint = send(channel, fuzzCase);
        if (complaint != null) {
            failures.add(fuzzCase + "\n" + complaint);
        }
    }

    private @Nullable String send(Channel channel, FuzzCase fuzzCase) {
        try {
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(
                            channel, MetadataUtils.newAttachHeadersInterceptor(fuzzCase.headers())),
                    ofBytes(fuzzCase.method()),
                    CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
                    fuzzCase.request());
            count(fuzzCase, Code.OK);
            return null;
        } catch (StatusRuntimeException refusal) {
            Code code = refusal.getStatus().getCode();
            count(fuzzCase, code);
            return code == Code.RESOURCE_EXHAUSTED && fuzzCase.exceedsEveryLimit()
                    ? null
                    : rules.complaint(refusal.getStatus(), refusal.getTrailers());
        }
    }

    private synchronized void count(FuzzCase fuzzCase, Code code) {
        codes.merge(code, 1, Integer::sum);
        successes.merge(fuzzCase.method().getBareMethodName(), code == Code.OK ? 1 : 0, Integer::sum);
    }

    private static MethodDescriptor<byte[], Message> ofBytes(MethodDescriptor<?, Message> method) {
        return method.<byte[], Message>toBuilder(new Bytes(), method.getResponseMarshaller())
                .build();
    }

    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
