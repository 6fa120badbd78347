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
 * One call. The seed and the number say everything about it but the ids and secrets of the world that it is made in.
 *
 * @param message as it was before its bytes were spoiled, if they were
 */
record FuzzCase(
        long seed,
        long number,
        MethodDescriptor<?, Message> method,
        Metadata headers,
        Message message,
        byte[] request) {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<String> ACTING_USER =
            Metadata.Key.of("jeton-acting-user", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<byte[]> SURPLUS =
            Metadata.Key.of("x-surplus-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final int LONGEST_SURPLUS = 3_000;

    /** Odd, and not what the generator itself steps by: each case would be the one before, shifted by a number. */
    private static final long STEP = 0xd1342543de82ef95L;

    private static final List<Map.Entry<String, MethodDescriptor<?, ?>>> RPCS =
            List.copyOf(ApiFields.rpcs().entrySet());

    /** @param operator the operator's secret */
    static FuzzCase of(long seed, long number, World world, String operator) {
        SplittableRandom random = new SplittableRandom(seed + number * STEP);
        MethodDescriptor<?, Message> method = method(random.nextInt(RPCS.size()));
        Nonsense nonsense = new Nonsense(random);
        Message.Builder message = new Requests(world, random).request(ApiFields.request(method)).toBuilder();
        for (int spoils = random.nextInt(3); spoils > 0; spoils--) {
            nonsense.spoil(message);
        }
        byte[] request = message.build().toByteArray();
        for (int spoils = random.nextInt(8) - 5; spoils > 0; spoils--) {
            request = nonsense.spoil(request);
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
            headers.put(SURPLUS, nonsense.bytes(random.nextInt(LONGEST_SURPLUS)));
        }
        return headers;
    }

    /** The transport refuses such a request by itself, and tells no details. */
    boolean isLongerThanAnyMayBe() {
        return request.length > 256 * 1024;
    }

    @Override
    public String toString() {
        return "Fuzz 1 %d %d: %s, headers %s, request (Base64) %s, made of%n%s"
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
