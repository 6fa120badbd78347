package dev.jeton.grpc.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.domain.workload.WorkloadState;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnumMappingTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(CharacterClass.class, dev.jeton.v1.CharacterClass.class, "CHARACTER_CLASS_"),
                Arguments.of(NameUniqueness.class, dev.jeton.v1.NameUniqueness.class, "NAME_UNIQUENESS_"),
                Arguments.of(TenantState.class, dev.jeton.v1.TenantState.class, "TENANT_STATE_"),
                Arguments.of(TokenStatus.class, dev.jeton.v1.TokenStatus.class, "TOKEN_STATUS_"),
                Arguments.of(Role.class, dev.jeton.v1.Role.class, "ROLE_"),
                Arguments.of(UserState.class, dev.jeton.v1.UserState.class, "USER_STATE_"),
                Arguments.of(WorkloadKind.class, dev.jeton.v1.WorkloadKind.class, "WORKLOAD_KIND_"),
                Arguments.of(WorkloadState.class, dev.jeton.v1.WorkloadState.class, "WORKLOAD_STATE_"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void domainAndProtoHaveTheSameValues(
            Class<? extends Enum<?>> domain, Class<? extends Enum<?>> proto, String prefix) {
        Stream<String> expected = Stream.of(domain.getEnumConstants()).map(value -> prefix + value.name());

        assertThat(Stream.of(proto.getEnumConstants()).map(Enum::name))
                .containsExactlyElementsOf(
                        Stream.of(Stream.of(prefix + "UNSPECIFIED"), expected, Stream.of("UNRECOGNIZED"))
                                .flatMap(names -> names)
                                .toList());
    }
}
