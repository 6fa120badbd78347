package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.http2.Frame;
import dev.jeton.bootstrap.support.http2.HeaderBlock;
import dev.jeton.bootstrap.support.http2.RawConnection;
import dev.jeton.bootstrap.support.http2.RawConnection.Received;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Status;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls whose metadata has any names and any bytes: each is answered or its connection ended, and the server is none the worse for it. */
@Timeout(300)
class MetadataFuzzIT {
    @RegisterExtension
    static final HostileServers SERVERS = new HostileServers();

    private static final int CASES = 500;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST_HEADERS = 3;
    private static final int LONGEST = 40;
    private static final String VERIFY =
            "/" + VerificationServiceGrpc.getVerifyTokenMethod().getFullMethodName();
    private static final Pattern STATUS = Pattern.compile("grpc-status[\\x01\\x02](\\d+)");
    private static final String CUT_OFF = "cut off";
    private static final byte[] EMPTY_MESSAGE = new byte[5];

    private static final List<String> NAMES = List.of(
            "authorization",
            "jeton-acting-user",
            "grpc-timeout",
            "grpc-encoding",
            "grpc-accept-encoding",
            "grpc-status",
            "grpc-tags-bin",
            "grpc-trace-bin",
            "content-type",
            "content-length",
            "connection",
            "te",
            "user-agent",
            "x-any",
            "x-any-bin");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "Bearer",
            "Bearer ",
            "bearer jtn_",
            "0n",
            "1n",
            "-1S",
            "S",
            "99999999S",
            "99999999H",
            "123456789S",
            "1x",
            "gzip",
            "identity",
            "gzip,identity,,",
            "application/grpc+proto",
            "application/json",
            "GET",
            "CONNECT",
            "0",
            "-1",
            "99999999999999999999",
            "*",
            "/",
            "//",
            "/jeton.v1.TokenService/CreateToken",
            "/grpc.health.v1.Health/Watch",
            "AAAA,====,!",
            "\u0000",
            "\r\nx-injected: 1");

    @Test
    void everyCallEndsAndOthersAreServed() throws Exception {
        World world = World.make(SERVERS.operator());
        long seed = new SplittableRandom().nextLong();
        Map<String, Integer> ends = new TreeMap<>();
        for (int number = 0; number < CASES; number++) {
            String end = call(
                    new SplittableRandom(seed + number), world.secret(), "case %d of seed %d".formatted(number, seed));
            ends.merge(end, 1, Integer::sum);
        }
        System.out.println(ends);

        assertThat(ends).containsKeys(status(Status.Code.OK), status(Status.Code.UNAUTHENTICATED));
        assertThat(ends).doesNotContainKey(status(Status.Code.UNKNOWN));

        assertThat(SERVERS.server().log()).doesNotContain("\tat ");
        assertThat(VerificationServiceGrpc.newBlockingStub(SERVERS.server().as(world.secret()))
                        .verifyToken(VerifyTokenRequest.newBuilder()
                                .setSecret(world.secret())
                                .build())
                        .getVerdict())
                .isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    /** How it ended. */
    private static String call(SplittableRandom random, String secret, String name) throws IOException {
        HeaderBlock headers = random.nextInt(8) == 0
                ? new HeaderBlock()
                : HeaderBlock.call(VERIFY).literal("authorization", "Bearer " + secret);
        int more = 1 + random.nextInt(MOST_HEADERS);
        for (int i = 0; i < more; i++) {
            headers.literal(random.nextInt(8) == 0 ? characters(0, 0x100, random) : any(NAMES, random), value(random));
        }
        try (RawConnection connection = RawConnection.open(Abuse.port(SERVERS.server()))) {
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, 1, headers.bytes());
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, EMPTY_MESSAGE).flush();
            Received frame = connection.receive(PATIENCE_MILLIS);
            while (frame != null && !frame.isLast()) {
                frame = connection.receive(PATIENCE_MILLIS);
            }
            if (frame == null) {
                return CUT_OFF;
            }
            String answer = StandardCharsets.ISO_8859_1.decode(frame.content()).toString();
            assertThat(answer).as(name).doesNotContain("Exception", "java.", "dev.jeton");
            Matcher status = STATUS.matcher(answer);
            return status.find() ? status.group(1) : "frame " + frame.type();
        } catch (SocketException endedWhileItWasSpeaking) {
            return CUT_OFF;
        }
    }

    private static String status(Status.Code code) {
        return Integer.toString(code.value());
    }

    private static String any(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String value(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> characters(0, 0x100, random);
            case 1 -> characters(' ', 0x7f, random);
            default -> any(VALUES, random);
        };
    }

    private static String characters(int from, int until, SplittableRandom random) {
        return random.ints(random.nextInt(LONGEST), from, until)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
