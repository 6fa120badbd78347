package dev.jeton.bootstrap.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** A certificate authority for tests. It writes all certificates and keys to one directory. */
public final class TestAuthority {
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    // Tags and object identifiers of X.509, in DER.
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final byte[] VERSION_3 = der("020102");
    private static final byte[] TRUE = der("0101ff");
    private static final byte[] ECDSA_WITH_SHA256 = der("300a06082a8648ce3d040302");
    private static final byte[] BASIC_CONSTRAINTS = der("0603551d13");
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = der("0603551d11");

    private static final byte[] IS_CA = tag(SEQUENCE, BASIC_CONSTRAINTS, TRUE, tag(OCTET_STRING, tag(SEQUENCE, TRUE)));
    private static final byte[] THIS_HOST = hosts(tag(IP_ADDRESS, new byte[] {127, 0, 0, 1}), dns("localhost"));

    private final Path directory;
    private final X500Principal name;
    private final KeyPair keys;
    private final Map<String, KeyPair> issued = new HashMap<>();

    private TestAuthority(Path directory) throws GeneralSecurityException {
        this.directory = directory;
        name = new X500Principal("CN=CA " + directory.getFileName());
        keys = generate("EC", 256);
    }

    /** @param directory empty or absent */
    public static TestAuthority in(Path directory) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        TestAuthority authority = new TestAuthority(directory);
        authority.write(authority.certificate(), authority.name, authority.keys.getPublic(), IS_CA);
        return authority;
    }

    /** The CA's own certificate. */
    public Path certificate() {
        return directory.resolve("ca.crt");
    }

    /** Issues a certificate for 127.0.0.1 and localhost. */
    public Issued issue(String name) throws IOException, GeneralSecurityException {
        return issue(name, generate("EC", 256), THIS_HOST);
    }

    /** Issues a certificate for another host. */
    public Issued issueFor(String host) throws IOException, GeneralSecurityException {
        return issue(host, generate("EC", 256), hosts(dns(host)));
    }

    /** Issues a certificate for 127.0.0.1 and localhost with an RSA key. */
    public Issued issueRsa(String name) throws IOException, GeneralSecurityException {
        return issue(name, generate("RSA", 2048), THIS_HOST);
    }

    /** Issues another certificate for the same key. */
    public Path renew(String name) throws IOException, GeneralSecurityException {
        Path renewed = directory.resolve(name + "-renewed.crt");
        write(renewed, new X500Principal("CN=" + name), issued.get(name).getPublic(), THIS_HOST);
        return renewed;
    }

    private Issued issue(String name, KeyPair own, byte[] extension) throws IOException, GeneralSecurityException {
        issued.put(name, own);
        Path certificate = directory.resolve(name + ".crt");
        write(certificate, new X500Principal("CN=" + name), own.getPublic(), extension);
        Path key = directory.resolve(name + ".key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pem("PRIVATE KEY", own.getPrivate().getEncoded()));
        return new Issued(certificate, key);
    }

    private void write(Path file, X500Principal subject, PublicKey key, byte[] extension)
            throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        byte[] content = tag(
                SEQUENCE,
                tag(VERSION, VERSION_3),
                tag(INTEGER, new BigInteger(63, RANDOM).toByteArray()),
                ECDSA_WITH_SHA256,
                name.getEncoded(),
                tag(SEQUENCE, time(now.minus(VALIDITY)), time(now.plus(VALIDITY))),
                subject.getEncoded(),
                key.getEncoded(),
                tag(EXTENSIONS, tag(SEQUENCE, extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] signed = tag(SEQUENCE, content, ECDSA_WITH_SHA256, tag(BIT_STRING, new byte[1], signature.sign()));
        Files.writeString(file, pem("CERTIFICATE", signed));
    }

    private static KeyPair generate(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static byte[] hosts(byte[]... names) {
        return tag(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, tag(OCTET_STRING, tag(SEQUENCE, names)));
    }

    private static byte[] dns(String host) {
        return tag(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return tag(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** A DER element with these contents. */
    private static byte[] tag(int tag, byte[]... contents) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else if (length < 0x100) {
            element.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            element.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        for (byte[] content : contents) {
            element.writeBytes(content);
        }
        return element.toByteArray();
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    /** A certificate and its key, both in PEM. */
    public record Issued(Path certificate, Path key) {}
}
