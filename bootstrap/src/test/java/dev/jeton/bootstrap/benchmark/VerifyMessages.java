package dev.jeton.bootstrap.benchmark;

import dev.jeton.bootstrap.benchmark.load.Messages;
import dev.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Writes the requests that a load sends: one VerifyToken for each of some tokens. */
final class VerifyMessages {
    private VerifyMessages() {}

    /** @param numbers of the tokens in their population */
    static Path write(Path file, Population population, IntStream numbers) {
        SeededRandom random = new SeededRandom();
        try (Messages.Writer writer = new Messages.Writer(file)) {
            numbers.forEach(number -> {
                String secret = population.token(number, random).secret().revealSecret();
                try {
                    writer.add(
                            VerifyTokenRequest.newBuilder()
                                    .setSecret(secret)
                                    .build()
                                    .toByteArray(),
                            0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
