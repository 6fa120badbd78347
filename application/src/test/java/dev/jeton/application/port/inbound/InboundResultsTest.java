package dev.jeton.application.port.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.tenant.TenantAdministration;
import dev.jeton.application.port.inbound.token.TokenAdministration;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.workload.WorkloadAdministration;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.verification.VerifiedToken;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What adapters can reach through the results of inbound ports. */
class InboundResultsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Authentication.class,
                TokenVerification.class,
                TokenAdministration.class,
                UserAdministration.class,
                TenantAdministration.class,
                WorkloadAdministration.class,
                AuditTrail.class
            })
    void noResultHoldsAStoredHash(Class<?> port) {
        assertThat(reachable(port)).doesNotContain(SecretDigest.class);
    }

    @Test
    void theSearchReachesNestedResults() {
        assertThat(reachable(TokenVerification.class)).contains(Verification.Denied.class, VerifiedToken.class);
        assertThat(reachable(TokenLookup.class)).contains(SecretDigest.class);
    }

    private static Set<Class<?>> reachable(Class<?> port) {
        Set<Class<?>> found = new HashSet<>();
        for (Method method : port.getMethods()) {
            collect(method.getGenericReturnType(), found);
        }
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), found);
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, found);
            }
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("dev.jeton") && found.add(plain)) {
            if (plain.isSealed()) {
                for (Class<?> permitted : plain.getPermittedSubclasses()) {
                    collect(permitted, found);
                }
            }
            if (plain.isRecord()) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    collect(component.getGenericType(), found);
                }
            }
        }
    }
}
