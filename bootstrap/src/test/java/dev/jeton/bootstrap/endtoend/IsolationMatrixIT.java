package dev.jeton.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.jeton.application.access.Operation;
import dev.jeton.bootstrap.support.ApiFields;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls every RPC as every role, with every kind of id in each field that names a resource. Callers reach what the contract allows and cannot
 * tell other callers' resources from nonexistent ones. isolation-matrix.txt has the expectations; a field without one fails the build.
 */
@Tag("G7")
class IsolationMatrixIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    /** The kinds whose answers must be equal except for the id. */
    private static final Set<Kind> HIDDEN = EnumSet.of(Kind.FOREIGN, Kind.DELETED, Kind.RANDOM);

    private static final String ACTING_USER = "jeton-acting-user";

    /** Makes the calls of one test concurrently. */
    private static final ExecutorService CALLERS = Executors.newFixedThreadPool(Kind.values().length);

    private static Neighbourhood world;

    enum Kind {
        OWN,
        COLLEAGUES,
        FOREIGN,
        DELETED,
        RANDOM,
        MALFORMED
    }

    /** The callers, in the order of the table's columns. */
    enum Who {
        OPERATOR,
        TENANT_ADMIN,
        MEMBER,
        VERIFIER
    }

    /** One cell of the table. */
    record Expectation(String rpc, String path, String resource, Who who, String rule) {
        @Override
        public String toString() {
            return "%s.%s as %s: %s".formatted(rpc, path, who, rule);
        }
    }

    /** An RPC and a caller with permission to call it. */
    record Permitted(String rpc, Who who) {}

    /** Everything that a client receives, with the requested id replaced. */
    record Answer(Code code, String bytes) {}

    @BeforeAll
    static void makeTenants() {
        world = new Neighbourhood(JETON);
    }

    @AfterAll
    static void stopCallers() {
        CALLERS.shutdownNow();
    }

    static Stream<Expectation> table() throws IOException {
        return lines().flatMap(cells -> {
            String rpc = cells[0].substring(0, cells[0].indexOf('.'));
            String path = cells[0].substring(cells[0].indexOf('.') + 1);
            return Arrays.stream(Who.values())
                    .map(who -> new Expectation(rpc, path, cells[1], who, cells[2 + who.ordinal()]));
        });
    }

    static Stream<Permitted> permittedManagement() throws IOException {
        return table().filter(
                        line -> !line.rpc().contains("Verify") && !line.rule().equals("denied"))
                .map(line -> new Permitted(line.rpc(), line.who()))
                .distinct();
    }

    @Test
    void everyFieldThatNamesAResourceIsInTheTable() throws IOException {
        assertThat(lines().map(cells -> cells[0]).filter(path -> !path.endsWith(ACTING_USER)))
                .as("isolation-matrix.txt: add missing fields, remove obsolete ones")
                .containsExactlyInAnyOrderElementsOf(ApiFields.naming());
    }

    @Test
    void everyRpcIsFound() {
        assertThat(ApiFields.rpcs().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Operation.values())
                        .map(Operation::rpcName)
                        .toList());
    }

    @Test
    void everyRpcIsInTheTable() throws IOException {
        assertThat(table().map(Expectation::rpc).distinct())
                .containsExactlyInAnyOrderElementsOf(ApiFields.rpcs().keySet());
    }

    @ParameterizedTest
    @MethodSource("table")
    void answersAsExpected(Expectation expected) {
        Map<Kind, Answer> answers = answers(expected, EnumSet.allOf(Kind.class));

        assertThat(answers.values()).extracting(Answer::code).doesNotContain(Code.INTERNAL, Code.UNKNOWN);
        switch (expected.rule()) {
            case "all" -> {
                assertPasses(answers, Kind.OWN, Kind.COLLEAGUES, Kind.FOREIGN);
                assertCode(answers, Code.NOT_FOUND, Kind.RANDOM);
                assertCode(answers, isDeletionIdempotent(expected) ? Code.OK : Code.NOT_FOUND, Kind.DELETED);
                assertCode(answers, Code.INVALID_ARGUMENT, Kind.MALFORMED);
            }
            case "tenant" -> {
                assertPasses(answers, Kind.OWN, Kind.COLLEAGUES);
                assertHidden(expected, answers, EnumSet.copyOf(HIDDEN));
            }
            case "mine" -> {
                assertPasses(answers, Kind.OWN);
                Set<Kind> hidden = EnumSet.copyOf(HIDDEN);
                hidden.add(Kind.COLLEAGUES);
                assertHidden(expected, answers, hidden);
            }
            case "denied" -> assertCode(answers, Code.PERMISSION_DENIED, Kind.values());
            case "filter", "verdict" -> {
                assertCode(answers, Code.OK, Kind.OWN, Kind.FOREIGN, Kind.RANDOM);
                assertSame(answers, expected.rule().equals("filter") ? EnumSet.of(Kind.FOREIGN, Kind.RANDOM) : HIDDEN);
                assertCode(answers, Code.INVALID_ARGUMENT, Kind.MALFORMED);
            }
            case "secret" -> {
                assertCode(answers, Code.OK, Kind.values());
                assertSame(answers, HIDDEN);
                assertThat(List.of(answers.get(Kind.OWN), answers.get(Kind.COLLEAGUES)))
                        .allSatisfy(answer -> assertThat(answer.bytes()).contains("VERDICT_ALLOWED"));
                assertThat(answers.get(Kind.MALFORMED).bytes()).contains("VERDICT_MALFORMED");
            }
            case "sealed" -> {
                Set<Kind> others = EnumSet.of(Kind.COLLEAGUES, Kind.FOREIGN, Kind.RANDOM, Kind.MALFORMED);
                assertCode(answers, Code.OK, Kind.OWN);
                assertCode(answers, Code.INVALID_ARGUMENT, others.toArray(Kind[]::new));
                assertSame(answers, others);
            }
            case "key" -> {
                assertPasses(answers, Kind.RANDOM);
                assertCode(answers, Code.INVALID_ARGUMENT, Kind.MALFORMED);
            }
            case "-" -> {}
            default -> throw new AssertionError("isolation-matrix.txt has no such rule: " + expected.rule());
        }
    }

    /** In every RPC, users that the caller may not act as look nonexistent. An operator may act as any user, a member as none. */
    @ParameterizedTest
    @MethodSource("permittedManagement")
    void hidesUsersThatTheCallerMayNotActAs(Permitted call) {
        Map<Kind, Answer> answers = answers(
                new Expectation(call.rpc(), ACTING_USER, "user", call.who(), ""),
                EnumSet.of(Kind.FOREIGN, Kind.DELETED, Kind.RANDOM, Kind.MALFORMED));

        if (call.who() == Who.MEMBER) {
            assertCode(answers, Code.PERMISSION_DENIED, answers.keySet().toArray(Kind[]::new));
            assertSame(answers, answers.keySet());
            return;
        }
        Set<Kind> hidden = EnumSet.copyOf(HIDDEN);
        if (call.who() == Who.OPERATOR) {
            hidden.remove(Kind.FOREIGN);
        }
        assertCode(answers, Code.NOT_FOUND, hidden.toArray(Kind[]::new));
        assertSame(answers, hidden);
        assertCode(answers, Code.INVALID_ARGUMENT, Kind.MALFORMED);
    }

    /** Only DeleteToken is idempotent, and only for those who could delete the token. */
    private static boolean isDeletionIdempotent(Expectation expected) {
        return expected.rpc().equals("DeleteToken");
    }

    private static void assertHidden(Expectation expected, Map<Kind, Answer> answers, Set<Kind> hidden) {
        if (isDeletionIdempotent(expected)) {
            hidden.remove(Kind.DELETED);
            assertCode(answers, Code.OK, Kind.DELETED);
        }
        assertCode(answers, Code.NOT_FOUND, hidden.toArray(Kind[]::new));
        assertSame(answers, hidden);
        assertCode(answers, Code.INVALID_ARGUMENT, Kind.MALFORMED);
    }

    private static void assertCode(Map<Kind, Answer> answers, Code code, Kind... kinds) {
        for (Kind kind : kinds) {
            assertThat(answers.get(kind).code())
                    .as("%s: %s", kind, answers.get(kind))
                    .isEqualTo(code);
        }
    }

    private static void assertPasses(Map<Kind, Answer> answers, Kind... kinds) {
        for (Kind kind : kinds) {
            assertThat(answers.get(kind).code())
                    .as("%s: %s", kind, answers.get(kind))
                    .isNotIn(Code.NOT_FOUND, Code.PERMISSION_DENIED, Code.UNAUTHENTICATED);
        }
    }

    private static void assertSame(Map<Kind, Answer> answers, Set<Kind> kinds) {
        assertThat(kinds.stream().map(answers::get).distinct())
                .as("the answers to %s", kinds)
                .hasSize(1);
    }

    private static Map<Kind, Answer> answers(Expectation expected, Set<Kind> kinds) {
        Map<Kind, Future<Answer>> calls = new TreeMap<>();
        kinds.forEach(kind -> calls.put(kind, CALLERS.submit(() -> answer(expected, kind))));
        Map<Kind, Answer> answers = new TreeMap<>();
        calls.forEach((kind, call) -> {
            try {
                answers.put(kind, call.get());
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        });
        return answers;
    }

    private static Answer answer(Expectation expected, Kind kind) {
        Channel channel = world.channel(expected.who());
        Message.Builder request = world.request(expected.rpc(), expected.path());
        String value = world.id(expected.resource(), kind, expected.who(), expected.rpc());
        if (expected.path().equals(ACTING_USER)) {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of(expected.path(), Metadata.ASCII_STRING_MARSHALLER), value);
            channel = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        } else {
            ApiFields.set(request, expected.path(), value);
        }
        try {
            return new Answer(
                    Code.OK,
                    ApiFields.call(channel, expected.rpc(), request.build()).toString());
        } catch (StatusRuntimeException refused) {
            String bytes = refused.getStatus() + " " + trailers(Objects.requireNonNull(refused.getTrailers()));
            return new Answer(refused.getStatus().getCode(), bytes.replace(value, "<id>"));
        }
    }

    private static List<String> trailers(Metadata trailers) {
        List<String> texts = new ArrayList<>();
        for (String key : trailers.keys()) {
            texts.add(key + "="
                    + (key.endsWith(Metadata.BINARY_HEADER_SUFFIX)
                            ? new String(
                                    trailers.get(Metadata.Key.of(key, Metadata.BINARY_BYTE_MARSHALLER)), ISO_8859_1)
                            : trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER))));
        }
        return texts;
    }

    private static Stream<String[]> lines() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(IsolationMatrixIT.class.getResourceAsStream("/isolation-matrix.txt"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +"));
        }
    }
}
