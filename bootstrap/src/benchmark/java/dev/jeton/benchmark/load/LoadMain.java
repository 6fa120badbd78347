package dev.jeton.benchmark.load;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * The load generator's main class. Reads an encoded {@link LoadPlan} from standard input. Prints a line when the measured time begins, one when
 * it ends, and the encoded {@link LoadReport}.
 */
public final class LoadMain {
    public static final String MEASURING = "measuring";
    public static final String MEASURED = "measured";
    public static final String REPORT = "report ";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        LoadPlan plan = decode(LoadPlan.class, in.readLine());
        Messages messages = Messages.read(Path.of(plan.messages()));
        LoadReport report = new LoadGenerator(
                        plan,
                        PATIENCE,
                        messages,
                        () -> System.out.println(MEASURING),
                        () -> System.out.println(MEASURED))
                .run();
        System.out.println(REPORT + encode(report));
    }

    /** Encodes an object as one line of text. */
    public static String encode(Serializable object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Decodes the result of {@link #encode}. */
    public static <T> T decode(Class<T> type, String line) {
        try (ObjectInputStream in = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(line)))) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
