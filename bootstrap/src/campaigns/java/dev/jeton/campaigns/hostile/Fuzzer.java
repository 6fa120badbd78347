package dev.jeton.campaigns.hostile;

import com.google.protobuf.Message;
import dev.jeton.bootstrap.support.GuardedChannel;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends one case after the other to a server and holds every answer to {@link ErrorRules}. To be run once. */
final class Fuzzer {
    private static final int WORKERS = 4;
    private static final int ENOUGH_FAILURES = 3;

    /** They suspend, disable and delete: a world is of use for a while. */
    private static final int CASES_OF_A_WORLD = 100;

    /** Longer than the server takes for any call, whatever it waits for. */
    private static final long PATIENCE_SECONDS = 60;

    private final ErrorRules rules = ErrorRules.documented();
    private final String address;
    private final Channel maker;
    private final String operator;
    private final long seed;
    private final AtomicLong next;
    private final AtomicReference<World> world;
    private volatile long limit;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<Code, Integer> codes = new EnumMap<>(Code.class);
    private final Map<String, Integer> passed = new TreeMap<>();

    /**
     * @param address whom to send them to
     * @param maker an operator's channel, to a server that works, for what the cases need
     * @param operator the operator's secret
     * @param first the number of the first case
     */
    Fuzzer(String address, Channel maker, String operator, long seed, long first) {
        this.address = address;
        this.maker = maker;
        this.operator = operator;
        this.seed = seed;
        next = new AtomicLong(first);
        world = new AtomicReference<>(World.make(maker));
    }

    /**
     * What came of it.
     *
     * @param passed how often each RPC was answered with OK
     */
    record Report(long seed, long cases, Map<Code, Integer> codes, Map<String, Integer> passed, List<String> failures) {
        @Override
        public String toString() {
            return "Seed %d: %,d cases, %s%n%s".formatted(seed, cases, codes, String.join("\n", failures));
        }
    }

    /** Ends when there are so many cases, when the time is over, or when there is enough to complain about. */
    Report run(long cases, Duration atMost) throws InterruptedException {
        long first = next.get();
        limit = first + cases;
        long end = System.nanoTime() + atMost.toNanos();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Thread worker = new Thread(() -> work(end), "fuzzer-" + i);
            workers.add(worker);
            worker.start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return new Report(seed, Math.min(next.get(), limit) - first, codes, passed, List.copyOf(failures));
    }

    private void work(long end) {
        ManagedChannel channel = GuardedChannel.to(address);
        try {
            for (long number = next.getAndIncrement();
                    number < limit && System.nanoTime() < end && failures.size() < ENOUGH_FAILURES;
                    number = next.getAndIncrement()) {
                if (number % CASES_OF_A_WORLD == 0) {
                    world.set(World.make(maker));
                }
                FuzzCase each = FuzzCase.of(seed, number, world.get(), operator);
                String complaint = complaint(channel, each);
                if (complaint != null) {
                    failures.add(each + "\n" + complaint);
                }
            }
        } catch (RuntimeException e) {
            failures.add("A fuzzer failed: " + e);
        } finally {
            channel.shutdownNow();
        }
    }

    private @Nullable String complaint(Channel channel, FuzzCase each) {
        try {
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(each.headers())),
                    ofBytes(each.method()),
                    CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    each.request());
            count(each, Code.OK);
            return null;
        } catch (StatusRuntimeException refusal) {
            Code code = refusal.getStatus().getCode();
            count(each, code);
            return code == Code.RESOURCE_EXHAUSTED && each.isLongerThanAnyMayBe()
                    ? null
                    : rules.complaint(refusal.getStatus(), refusal.getTrailers());
        }
    }

    private synchronized void count(FuzzCase each, Code code) {
        codes.merge(code, 1, Integer::sum);
        passed.merge(each.method().getBareMethodName(), code == Code.OK ? 1 : 0, Integer::sum);
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
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
