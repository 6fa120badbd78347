package dev.jeton.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The .proto files in the built jar are all that a compiler needs. */
class ProtoSetIT {
    @TempDir
    private Path directory;

    private Path protos;
    private Path protoc;

    /** A compiler as it is distributed: {@code bin/protoc} with {@code include/google/protobuf}, which it finds by itself. */
    @BeforeEach
    void unpack() throws IOException, URISyntaxException {
        protos = directory.resolve("protos");
        unpack(jetonJar(), protos, name -> name.endsWith(".proto"));
        unpack(
                Path.of(Message.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                directory.resolve("include"),
                name -> name.startsWith("google/protobuf/") && name.endsWith(".proto"));
        protoc = Files.createDirectory(directory.resolve("bin")).resolve("protoc");
        Files.copy(builtWith(), protoc);
        assertThat(protoc.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void compilesWithNothingElseOnTheImportPath() throws Exception {
        Path compiled = directory.resolve("compiled.binpb");

        assertThat(compile(compiled)).isEmpty();

        assertThat(names(Files.readAllBytes(compiled)))
                .contains("jeton/v1/token_service.proto", "jeton/v1/verification_service.proto");
    }

    @Test
    void doesNotCompileWithoutItsImports() throws Exception {
        Files.delete(protos.resolve("google/type/date.proto"));

        assertThat(compile(directory.resolve("compiled.binpb"))).contains("google/type/date.proto: File not found.");
    }

    @Test
    void descriptorSetIsCompleteAndHasTheErrorTypesAndTheComments() throws IOException {
        Map<String, FileDescriptorProto> files =
                FileDescriptorSet.parseFrom(descriptorSet(), ExtensionRegistry.getEmptyRegistry())
                        .getFileList()
                        .stream()
                        .collect(Collectors.toMap(FileDescriptorProto::getName, Function.identity()));

        assertThat(files.keySet()).contains("google/rpc/status.proto", "google/rpc/error_details.proto");
        assertThat(files.keySet()).containsAll(jetonFiles());
        assertThat(files.values()).allSatisfy(file -> {
            assertThat(files.keySet()).containsAll(file.getDependencyList());
            assertThat(file.getSourceCodeInfo().getLocationList())
                    .as(file.getName())
                    .anyMatch(location -> !location.getLeadingComments().isBlank());
        });
    }

    /** @return what the compiler complained about */
    private String compile(Path output) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(protoc.toString(), "-I", protos.toString(), "--descriptor_set_out=" + output));
        command.addAll(jetonFiles());
        Path messages = directory.resolve("messages.txt");
        Process process = new ProcessBuilder(command)
                .directory(protos.toFile())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String complaints = Files.readString(messages);
        assertThat(process.exitValue() == 0).isEqualTo(complaints.isEmpty());
        return complaints;
    }

    private List<String> jetonFiles() throws IOException {
        try (Stream<Path> files = Files.list(protos.resolve("jeton/v1"))) {
            return files.map(file -> "jeton/v1/" + file.getFileName()).sorted().toList();
        }
    }

    private static List<String> names(byte[] descriptorSet) throws IOException {
        return FileDescriptorSet.parseFrom(descriptorSet).getFileList().stream()
                .map(FileDescriptorProto::getName)
                .toList();
    }

    private static byte[] descriptorSet() throws IOException {
        try (JarFile jar = new JarFile(jetonJar().toFile());
                InputStream entry = jar.getInputStream(jar.getJarEntry("jeton/v1/jeton.binpb"))) {
            return entry.readAllBytes();
        }
    }

    private static Path jetonJar() {
        return Path.of(Objects.requireNonNull(System.getProperty("jeton.protoJar")));
    }

    /** The compiler that made the stubs. */
    private static Path builtWith() throws IOException {
        Path directory = Path.of(Objects.requireNonNull(System.getProperty("jeton.protocDirectory")));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("protoc-[0-9a-f]+\\.exe"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("protobuf-maven-plugin left no protoc in " + directory));
        }
    }

    private static void unpack(Path jar, Path target, Predicate<String> wanted) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry :
                    file.stream().filter(each -> wanted.test(each.getName())).toList()) {
                Path unpacked = target.resolve(entry.getName());
                Files.createDirectories(unpacked.getParent());
                try (InputStream content = file.getInputStream(entry)) {
                    Files.copy(content, unpacked);
                }
            }
        }
    }
}
