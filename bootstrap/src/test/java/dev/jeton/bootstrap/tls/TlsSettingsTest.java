package dev.jeton.bootstrap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.tls.TestAuthority.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {
    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static Issued server;

    @BeforeAll
    static void issue() throws Exception {
        authority = TestAuthority.in(directory.resolve("authority"));
        server = authority.issue("server");
    }

    @Test
    void acceptsACertificateWithItsKeyAndACaForClients() throws Exception {
        assertThat(errors(server.certificate(), server.key(), authority.certificate()))
                .isEmpty();
        assertThat(errors(server.certificate(), server.key(), null)).isEmpty();
    }

    @Test
    void acceptsRsaKeysAndAChain() throws Exception {
        Issued rsa = authority.issueRsa("rsa");
        Path chain = Files.writeString(
                directory.resolve("chain.crt"),
                Files.readString(rsa.certificate()) + Files.readString(authority.certificate()));

        assertThat(errors(chain, rsa.key(), null)).isEmpty();
    }

    @Test
    void reportsAllErrorsAtOnce() {
        Path nowhere = directory.resolve("nowhere");

        assertThat(errors(nowhere, nowhere, nowhere))
                .containsExactly(
                        "--tls-cert " + nowhere + ": no such file",
                        "--tls-key " + nowhere + ": no such file",
                        "--tls-client-ca " + nowhere + ": no such file");
        assertThat(errors(directory, server.key(), null))
                .singleElement()
                .asString()
                .startsWith("--tls-cert " + directory + ": cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no PEM", "-----BEGIN CERTIFICATE-----\nMIIB", "-----BEGIN PRIVATE KEY-----\nMIIB\n"})
    void refusesFilesThatAreNotPem(String text) throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), text);
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));

        assertThat(errors(wrong, wrong, wrong))
                .satisfiesExactly(
                        error -> assertThat(error)
                                .startsWith("--tls-cert " + wrong + ": contains ")
                                .contains("BEGIN CERTIFICATE"),
                        error -> assertThat(error)
                                .startsWith("--tls-key " + wrong + ": contains ")
                                .contains("BEGIN PRIVATE KEY"),
                        error -> assertThat(error).startsWith("--tls-client-ca " + wrong + ": contains "));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void refusesTruncatedFiles(double part) throws Exception {
        Path certificate = Files.writeString(directory.resolve("half.crt"), first(part, server.certificate()));
        Path key = Files.writeString(directory.resolve("half.key"), first(part, server.key()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        assertThat(errors(certificate, server.key(), null))
                .singleElement()
                .asString()
                .startsWith("--tls-cert");
        assertThat(errors(server.certificate(), key, null))
                .singleElement()
                .asString()
                .startsWith("--tls-key");
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() throws Exception {
        Issued other = authority.issue("other");
        Issued rsa = authority.issueRsa("other rsa");
        Issued otherRsa = authority.issueRsa("third rsa");

        assertThat(errors(server.certificate(), other.key(), null))
                .containsExactly("--tls-key " + other.key() + ": is not the key of the first certificate in "
                        + server.certificate());
        assertThat(errors(server.certificate(), rsa.key(), null)).hasSize(1);
        assertThat(errors(rsa.certificate(), server.key(), null)).hasSize(1);
        assertThat(errors(rsa.certificate(), otherRsa.key(), null)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw-rw-rw-"})
    void refusesAKeyThatEveryUserCanAccess(String permissions) throws Exception {
        Path key = Files.copy(server.key(), directory.resolve(permissions + ".key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));

        assertThat(errors(server.certificate(), key, null))
                .containsExactly(
                        "--tls-key " + key + ": every user of this machine can access the file; run chmod o-rw on it");
    }

    @Test
    void acceptsAKeyThatAGroupCanRead() throws Exception {
        Path key = Files.copy(server.key(), directory.resolve("group.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r-----"));

        assertThat(errors(server.certificate(), key, null)).isEmpty();
    }

    private static String first(double part, Path file) throws Exception {
        String text = Files.readString(file);
        return text.substring(0, (int) (part * text.length()));
    }

    private static List<String> errors(Path certificate, Path key, @Nullable Path clientCa) {
        List<String> errors = new ArrayList<>();
        new TlsSettings(certificate, key, clientCa, Duration.ofSeconds(10)).check(errors);
        return errors;
    }
}
