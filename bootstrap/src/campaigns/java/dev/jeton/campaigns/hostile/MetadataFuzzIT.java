package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.endtoend.RunningJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.http2.Frame;
import dev.jeton.bootstrap.support.http2.HeaderBlock;
import dev.jeton.bootstrap.support.http2.RawConnection;
import dev.jeton.campaigns.Form;
import dev.jeton.campaigns.Results;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Status;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fuzzes names and bytes of metadata: the server answers each call or closes its connection, and keeps serving. */
@Tag("G15")
@Timeout(300)
class MetadataFuzzIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private static final int CASES = Form.pick(500, 5_000, 50_000);
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int MAX_HEADERS = 3;
    private static final int MAX_LENGTH = 40;
    private static final String VERIFY =
            "/" + VerificationServiceGrpc.getVerifyTokenMethod().getFullMethodName();
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
    void everyCallEndsAndTheServerKeepsServing() throws Exception {
        int earlierLog = JETON.process().log().length();
        World world = World.create(new Api(JETON.asOperator()));
        long seed = Form.seed(7);
        Map<String, Integer> endings = new TreeMap<>();
        for (int number = 0; number < CASES; number++) {
            endings.merge(ending(new SplittableRandom(seed + number), world.secret()), 1, Integer::sum);
        }

        assertThat(endings).containsKeys(status(Status.Code.OK), status(Status.Code.UNAUTHENTICATED));
        assertThat(endings).doesNotContainKeys(status(Status.Code.UNKNOWN), RawConnection.STILL_OPEN);
        assertThat(JETON.process().log().substring(earlierLog)).doesNotContain("\tat ");
        Api caller = new Api(JETON.process().as(world.secret()));
        assertThat(caller.verdict(VerifyTokenRequest.newBuilder().setSecret(world.secret())))
                .isEqualTo(Verdict.VERDICT_ALLOWED);
        Results.add("G15", "metadata fuzz", "%,d calls ended, none UNKNOWN or left open".formatted(CASES));
    }

    private static String ending(SplittableRandom random, String secret) throws IOException {
        HeaderBlock headers = random.nextInt(8) == 0
                ? new HeaderBlock()
                : HeaderBlock.call(VERIFY).literal("authorization", "Bearer " + secret);
        int more = 1 + random.nextInt(MAX_HEADERS);
        for (int i = 0; i < more; i++) {
            headers.literal(random.nextInt(8) == 0 ? characters(0, 0x100, random) : any(NAMES, random), value(random));
        }
        try (RawConnection connection = RawConnection.open(JETON.process().port())) {
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, 1, headers.bytes());
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, EMPTY_MESSAGE).flush();
            return connection.ending(TIMEOUT_MILLIS);
        } catch (SocketException closedWhileWriting) {
            return RawConnection.CLOSED;
        }
    }

    private static String status(Status.Code code) {
        return "grpc-status: " + code.value();
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
        return random.ints(random.nextInt(MAX_LENGTH), from, until)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
