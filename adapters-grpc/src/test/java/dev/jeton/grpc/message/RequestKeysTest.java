package dev.jeton.grpc.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.grpc.RawCalls;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateWorkloadRequest;
import dev.jeton.v1.StringList;
import dev.jeton.v1.TokenPolicy;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestKeysTest {
    private static final String FIELD = "request_id";
    private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    static Stream<Message> creates() {
        return Stream.of(
                CreateTenantRequest.getDefaultInstance(),
                CreateUserRequest.getDefaultInstance(),
                CreateWorkloadRequest.getDefaultInstance(),
                CreateTokenRequest.getDefaultInstance());
    }

    @Test
    void everyCreateCanBeRepeated() {
        assertThat(RawCalls.allMethods()
                        .map(method -> ((ProtoMethodDescriptorSupplier)
                                        Objects.requireNonNull(method.getSchemaDescriptor()))
                                .getMethodDescriptor())
                        .filter(method -> method.getName().startsWith("Create")))
                .allSatisfy(method -> {
                    assertThat(method.getInputType().findFieldByName(FIELD)).isNotNull();
                    assertThat(method.getOutputType().findFieldByName("replayed"))
                            .isNotNull();
                })
                .extracting(MethodDescriptor::getInputType)
                .containsExactlyInAnyOrderElementsOf(
                        creates().map(Message::getDescriptorForType).toList());
    }

    @ParameterizedTest
    @MethodSource("creates")
    void everyOtherFieldChangesTheDigest(Message create) {
        String digest = key(create).bodyDigest();
        assertThat(digest).matches("[0-9a-f]{64}");
        Set<String> digests = new HashSet<>(Set.of(digest));
        for (FieldDescriptor field : create.getDescriptorForType().getFields()) {
            boolean isNew = digests.add(key(with(create, field)).bodyDigest());
            assertThat(isNew).as(field.getFullName()).isEqualTo(!field.getName().equals(FIELD));
        }
    }

    @Test
    void nestedFieldsChangeTheDigest() {
        CreateTenantRequest create = CreateTenantRequest.newBuilder()
                .setTokenPolicy(TokenPolicy.newBuilder()
                        .setAllowedScopes(StringList.newBuilder().addValues("a").addValues("b")))
                .build();
        CreateTenantRequest.Builder turned = create.toBuilder();
        turned.getTokenPolicyBuilder()
                .setAllowedScopes(StringList.newBuilder().addValues("b").addValues("a"));

        assertThat(key(turned.build()).bodyDigest()).isNotEqualTo(key(create).bodyDigest());
    }

    @Test
    void digestIgnoresFieldOrderOnTheWire() throws InvalidProtocolBufferException {
        CreateUserRequest email =
                CreateUserRequest.newBuilder().setEmail("ada@example.com").build();
        CreateUserRequest name =
                CreateUserRequest.newBuilder().setDisplayName("Ada").build();

        CreateUserRequest straight =
                CreateUserRequest.parseFrom(email.toByteString().concat(name.toByteString()));
        CreateUserRequest turned =
                CreateUserRequest.parseFrom(name.toByteString().concat(email.toByteString()));

        assertThat(key(turned)).isEqualTo(key(straight));
    }

    @Test
    void requestIdIgnoresCase() {
        CreateUserRequest create = CreateUserRequest.getDefaultInstance();

        assertThat(RequestKeys.read(new RequestReader(), create, ID.toUpperCase(Locale.ROOT))
                        .get())
                .isEqualTo(key(create));
    }

    private static RequestKey key(Message create) {
        return Objects.requireNonNull(
                RequestKeys.read(new RequestReader(), create, ID).get());
    }

    private static Message with(Message create, FieldDescriptor field) {
        Message.Builder changed = create.toBuilder();
        Object value =
                switch (field.getJavaType()) {
                    case STRING -> "x";
                    case BOOLEAN -> true;
                    case ENUM -> field.getEnumType().getValues().get(1);
                    case MESSAGE -> changed.newBuilderForField(field).build();
                    default -> throw new AssertionError("No value for " + field);
                };
        return field.isRepeated()
                ? changed.addRepeatedField(field, value).build()
                : changed.setField(field, value).build();
    }
}
