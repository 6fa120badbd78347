package dev.jeton.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fields that hold a secret are left out where messages are printed for debugging. */
class SecretFieldsTest {
    @Test
    void areRedacted() {
        List<FieldDescriptor> fields = Stream.of(
                        TokenServiceGrpc.getServiceDescriptor(), VerificationServiceGrpc.getServiceDescriptor())
                .map(SecretFieldsTest::file)
                .flatMap(file -> file.getMessageTypes().stream())
                .flatMap(SecretFieldsTest::withNested)
                .flatMap(message -> message.getFields().stream())
                .toList();

        assertThat(fields)
                .filteredOn(field -> field.getName().matches("secrets?"))
                .extracting(FieldDescriptor::getFullName)
                .contains("jeton.v1.CreateTokenResponse.secret", "jeton.v1.VerifyTokenRequest.secret");
        assertThat(fields).allSatisfy(field -> assertThat(field.getOptions().getDebugRedact())
                .as(field.getFullName())
                .isEqualTo(field.getName().matches("secrets?")));
    }

    private static FileDescriptor file(ServiceDescriptor service) {
        return ((ProtoFileDescriptorSupplier) service.getSchemaDescriptor()).getFileDescriptor();
    }

    private static Stream<Descriptor> withNested(Descriptor message) {
        return Stream.concat(
                Stream.of(message), message.getNestedTypes().stream().flatMap(SecretFieldsTest::withNested));
    }
}
