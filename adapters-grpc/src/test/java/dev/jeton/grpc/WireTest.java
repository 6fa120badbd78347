package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final String GET_TENANT =
            TenantServiceGrpc.getGetTenantMethod().getFullMethodName();

    private final ApiUnderTest api = new ApiUnderTest();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void everyRpcRefusesMalformedBytes() {
        for (byte[] bytes : new byte[][] {{(byte) 0xff}, {0x0a, 0x7f}, {0x07}, {0}, {0x0c}}) {
            assertThat(RawCalls.allMethods()).allSatisfy(method -> {
                Refusal refusal = Refusal.of(() -> RawCalls.call(api.asCaller(), method.getFullMethodName(), bytes));
                assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(refusal.message())
                        .startsWith("The request is not a valid jeton.v1." + method.getBareMethodName());
                assertThat(refusal.info().getDomain()).isEqualTo("jeton");
            });
        }
    }

    @Test
    void refusesTextsThatAreNotUtf8() {
        byte[] overlong = {0x0a, 0x02, (byte) 0xc0, (byte) 0x80};

        Refusal refusal = Refusal.of(() -> RawCalls.call(api.asCaller(), GET_TENANT, overlong));

        assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.message()).contains("it is malformed, not UTF-8, or nested");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(Refusal.of(() -> RawCalls.call(api.asCaller(), GET_TENANT, nested(21)))
                        .message())
                .contains("nested more than 20 deep");
        assertThat(Refusal.of(() -> RawCalls.call(api.asCaller(), GET_TENANT, nested(19)))
                        .violations())
                .containsExactly("tenant_id REQUIRED");
    }

    @Test
    void refusesLargeRequestsBeforeDecodingThem() {
        TokenServiceGrpc.TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(api.asCaller());

        Refusal refusal = Refusal.of(() -> tokens.createToken(
                CreateTokenRequest.newBuilder().setName("x".repeat(64 * 1024)).build()));

        assertThat(refusal.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.message()).contains("but the limit is 65536.");
        assertThat(Refusal.of(() -> tokens.createToken(CreateTokenRequest.newBuilder()
                                .setName("x".repeat(64 * 1024 - 10))
                                .build()))
                        .violations())
                .containsExactly("name TOO_LONG");
    }

    @Test
    void acceptsLargerBatches() {
        VerificationServiceGrpc.VerificationServiceBlockingStub verification =
                VerificationServiceGrpc.newBlockingStub(api.asCaller());
        VerifyTokenRequest large =
                VerifyTokenRequest.newBuilder().setSecret("x".repeat(63 * 1024)).build();

        assertThat(verification
                        .batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                                .addRequests(large)
                                .addRequests(large)
                                .addRequests(large)
                                .build())
                        .getResponsesCount())
                .isEqualTo(3);
        assertThat(Refusal.of(() -> verification.batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                                .addRequests(
                                        large.toBuilder().setSecretBytes(ByteString.copyFrom(new byte[256 * 1024])))
                                .build()))
                        .code())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void ignoresFieldsOfNewerClients() {
        GetTenantRequest request = GetTenantRequest.newBuilder()
                .setTenantId(Tenants.anId().toString())
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1000,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();

        assertThat(TenantServiceGrpc.newBlockingStub(api.asCaller())
                        .getTenant(request)
                        .hasTenant())
                .isTrue();
    }

    @Test
    void refusesCallsWithoutMessageAndWithTwo() throws Exception {
        assertThat(statusOf(0).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(statusOf(2).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(statusOf(2).getDescription()).isEqualTo("The call must carry exactly one message.");
        assertThat(api.tenants.timesAsked()).isZero();
    }

    @Test
    void leavesUnknownRpcsToGrpc() {
        assertThat(Refusal.of(() -> RawCalls.call(api.asCaller(), "jeton.v1.TenantService/Nope", new byte[0]))
                        .code())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(Refusal.of(() -> RawCalls.call(api.asCaller(), "jeton.v1.NopeService/Nope", new byte[0]))
                        .code())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    /** Nested groups of a field that no message has. */
    private static byte[] nested(int depth) {
        byte[] bytes = new byte[4 * depth];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = (byte) 0xfb;
            bytes[2 * i + 1] = 0x01;
            bytes[2 * depth + 2 * i] = (byte) 0xfc;
            bytes[2 * depth + 2 * i + 1] = 0x01;
        }
        return bytes;
    }

    private Status statusOf(int messages) throws Exception {
        CompletableFuture<Status> closed = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = api.asCaller()
                .newCall(
                        RawCalls.method(GET_TENANT).toBuilder()
                                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                                .build(),
                        CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                new Metadata());
        byte[] message = GetTenantRequest.newBuilder()
                .setTenantId(Tenants.anId().toString())
                .build()
                .toByteArray();
        for (byte[] each : Arrays.asList(message, message).subList(0, messages)) {
            call.sendMessage(each);
        }
        call.halfClose();
        call.request(1);
        return closed.get();
    }
}
