package dev.jeton.campaigns.hostile;

import com.google.protobuf.Message;
import dev.jeton.bootstrap.support.ApiFields;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One call. The seed and the number determine it, except for the ids and secrets of the world.
 *
 * @param message before any corruption of its encoded bytes
 */
record FuzzCase(
        long seed,
        long number,
        MethodDescriptor<?, Message> method,
        Metadata headers,
        Message message,
        byte[] request) {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ACTING_USER =
            Metadata.Key.of("jeton-acting-user", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<byte[]> EXTRA = Metadata.Key.of("x-extra-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final int LONGEST_EXTRA = 3_000;

    /** Odd, and different from the generator's own step, with which each case would repeat the previous one shifted by one. */
    private static final long STEP = 0xd1342543de82ef95L;

    private static final List<Map.Entry<String, MethodDescriptor<?, ?>>> RPCS =
            List.copyOf(ApiFields.rpcs().entrySet());

    static FuzzCase of(long seed, long number, World world, String operator) {
        SplittableRandom random = new SplittableRandom(seed + number * STEP);
        MethodDescriptor<?, Message> method = method(random.nextInt(RPCS.size()));
        Nonsense nonsense = new Nonsense(random);
        Message.Builder message = new Requests(world, random).request(ApiFields.request(method)).toBuilder();
        for (int corruptions = random.nextInt(3); corruptions > 0; corruptions--) {
            nonsense.corrupt(message);
        }
        byte[] request = message.build().toByteArray();
        for (int corruptions = random.nextInt(8) - 5; corruptions > 0; corruptions--) {
            request = nonsense.corrupt(request);
        }
        return new FuzzCase(seed, number, method, headers(random, nonsense, world, operator), message.build(), request);
    }

    @SuppressWarnings("unchecked")
    private static MethodDescriptor<?, Message> method(int index) {
        return (MethodDescriptor<?, Message>) RPCS.get(index).getValue();
    }

    private static Metadata headers(SplittableRandom random, Nonsense nonsense, World world, String operator) {
        Metadata headers = new Metadata();
        String secret = random.nextInt(6) == 0 ? world.secret() : operator;
        int kind = random.nextInt(70);
        switch (kind) {
            case 0 -> {}
            case 1 -> headers.put(AUTHORIZATION, secret);
            case 2 -> headers.put(AUTHORIZATION, "Bearer " + secret + "~");
            case 3 -> headers.put(AUTHORIZATION, "Bearer " + secret.substring(random.nextInt(secret.length())));
            case 4 -> headers.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(nonsense.bytes(30)));
            case 5 -> headers.put(AUTHORIZATION, "bEARER " + secret);
            default -> headers.put(AUTHORIZATION, "Bearer " + secret);
        }
        if (kind == 6) {
            headers.put(AUTHORIZATION, "Bearer " + secret);
        }
        switch (random.nextInt(40)) {
            case 0 -> headers.put(ACTING_USER, world.userId());
            case 1 -> headers.put(ACTING_USER, new UUID(random.nextLong(), random.nextLong()).toString());
            case 2 -> headers.put(ACTING_USER, "..");
            case 3 -> headers.put(ACTING_USER, "");
            case 4 -> {
                headers.put(ACTING_USER, world.userId());
                headers.put(ACTING_USER, world.userId());
            }
            default -> {}
        }
        if (random.nextInt(20) == 0) {
            headers.put(EXTRA, nonsense.bytes(random.nextInt(LONGEST_EXTRA)));
        }
        return headers;
    }

    /** Whether the transport itself refuses the request, without details. */
    boolean exceedsEveryLimit() {
        return request.length > 256 * 1024;
    }

    @Override
    public String toString() {
        return "-Djeton.seed=%d -Djeton.case=%d: %s, headers %s, request (Base64) %s, made from%n%s"
                .formatted(
                        seed,
                        number,
                        method.getFullMethodName(),
                        headers.keys(),
                        Base64.getEncoder().encodeToString(request),
                        shortened(message.toString()));
    }

    private static String shortened(String text) {
        return text.length() < 2_000 ? text : text.substring(0, 2_000) + "…";
    }
}
