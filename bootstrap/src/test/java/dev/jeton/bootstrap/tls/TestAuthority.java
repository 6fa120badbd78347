package dev.jeton.bootstrap.tls;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A CA for tests, by the JDK's keytool, and the certificates that it signs. All its files are in one directory. */
public final class TestAuthority {
    private static final String PASSWORD = "only for tests";
    private static final List<String> HERE = List.of("-ext", "san=ip:127.0.0.1,dns:localhost");

    private final Path directory;

    private TestAuthority(Path directory) {
        this.directory = directory;
    }

    /** @param directory an empty one, or one that is not there */
    public static TestAuthority in(Path directory) throws Exception {
        Files.createDirectories(directory);
        TestAuthority authority = new TestAuthority(directory);
        authority.keytool(
                "-genkeypair",
                "ca",
                List.of("-keyalg", "EC", "-dname", "CN=CA " + directory.getFileName(), "-ext", "bc:c"));
        authority.export("ca");
        return authority;
    }

    /** The CA's own certificate. */
    public Path certificate() {
        return directory.resolve("ca.crt");
    }

    /** A certificate for 127.0.0.1 and localhost. */
    public Issued issue(String name) throws Exception {
        return issue(name, "EC", HERE);
    }

    /** A certificate for a host that is elsewhere. */
    public Issued issueFor(String host) throws Exception {
        return issue(host, "EC", List.of("-ext", "san=dns:" + host));
    }

    /** A certificate for 127.0.0.1 and localhost with an RSA key. */
    public Issued issueRsa(String name) throws Exception {
        return issue(name, "RSA", HERE);
    }

    /** Another certificate for the same key. */
    public Path renew(String name) throws Exception {
        Path request = directory.resolve(name + ".csr");
        Path renewed = directory.resolve(name + "-renewed.crt");
        keytool("-certreq", name, List.of("-file", request.toString()));
        List<String> answer =
                new ArrayList<>(List.of("-rfc", "-infile", request.toString(), "-outfile", renewed.toString()));
        answer.addAll(HERE);
        keytool("-gencert", "ca", answer);
        return renewed;
    }

    private Issued issue(String name, String keyAlgorithm, List<String> hosts) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("-signer", "ca", "-keyalg", keyAlgorithm, "-dname", "CN=" + name));
        options.addAll(hosts);
        keytool("-genkeypair", name, options);
        return export(name);
    }

    private void keytool(String command, String alias, List<String> options) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), command, "-alias", alias));
        line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store().toString()));
        line.addAll(options);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", line) + "\n" + output);
        }
    }

    private Issued export(String alias) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(store())) {
            store.load(stored, PASSWORD.toCharArray());
        }
        Key key = store.getKey(alias, PASSWORD.toCharArray());
        Path certificateFile = directory.resolve(alias + ".crt");
        Path keyFile = directory.resolve(alias + ".key");
        Files.writeString(
                certificateFile, pem("CERTIFICATE", store.getCertificate(alias).getEncoded()));
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
        return new Issued(certificateFile, keyFile);
    }

    private Path store() {
        return directory.resolve("authority.p12");
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    /** A certificate and its key, both in PEM. */
    public record Issued(Path certificate, Path key) {}
}
