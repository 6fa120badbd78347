package dev.jeton.bootstrap.support.reply;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.jeton.bootstrap.support.JetonProcess;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import java.util.Set;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No test bypasses {@link ReplyGuard}: only the classes listed here may connect, and the benchmark, whose generator must be fast. */
@Tag("G16")
class GuardedChannelTest {
    private static final Set<String> MAY_CONNECT = Set.of(
            "dev.jeton.bootstrap.support.reply.GuardedChannel",
            "dev.jeton.bootstrap.support.http2.RawConnection",
            // Forward bytes to a database.
            "dev.jeton.bootstrap.support.Proxy",
            "dev.jeton.bootstrap.support.WireCounter",
            // Is refused by a server that does not serve yet.
            "dev.jeton.bootstrap.WarmUpIT",
            // Read only TLS handshakes.
            "dev.jeton.bootstrap.tls.MutualTlsIT",
            "dev.jeton.bootstrap.tls.TlsIT",
            // Tests the guard itself.
            "dev.jeton.bootstrap.support.reply.ReplyGuardTest");

    @Test
    void onlyGuardedChannelsConnectToServers() {
        connectNowhere(doNot(describe("may connect", type -> MAY_CONNECT.contains(outermost(type)))))
                .check(new ClassFileImporter()
                        .withImportOption(location -> !location.contains("GuardedChannelTest"))
                        .importPaths(
                                JetonProcess.TARGET.resolve("test-classes/dev/jeton/bootstrap"),
                                JetonProcess.TARGET.resolve("test-classes/dev/jeton/campaigns")));
    }

    @Test
    void otherChannelsAreCaught() {
        for (Class<?> broken : Set.of(OwnChannel.class, OwnSocket.class)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> connectNowhere(describe("any", type -> true))
                            .check(new ClassFileImporter().importClasses(broken)))
                    .withMessageContaining("was violated");
        }
    }

    private static ArchRule connectNowhere(DescribedPredicate<JavaClass> which) {
        return noClasses()
                .that(which)
                .should()
                .callCodeUnitWhere(calls(ManagedChannelBuilder.class, "build"))
                .orShould()
                .callCodeUnitWhere(calls(Socket.class, "<init>"))
                .orShould()
                .callCodeUnitWhere(calls(SocketFactory.class, "createSocket"))
                .orShould()
                .callCodeUnitWhere(calls(SocketChannel.class, "open"))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(HttpClient.class);
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String name) {
        return describe(
                "call " + owner.getSimpleName() + "." + name,
                call -> call.getName().equals(name) && call.getTargetOwner().isAssignableTo(owner));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static final class OwnChannel {
        static ManagedChannel to(String address) {
            return ManagedChannelBuilder.forTarget(address).build();
        }
    }

    private static final class OwnSocket {
        static Socket to(int port) throws IOException {
            return new Socket("127.0.0.1", port);
        }
    }
}
