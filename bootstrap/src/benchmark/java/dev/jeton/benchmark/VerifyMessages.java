package dev.jeton.benchmark;

import dev.jeton.benchmark.load.Messages;
import dev.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Writes the requests that a load sends: one VerifyToken for each of some tokens. */
final class VerifyMessages {
    private VerifyMessages() {}

    /**
     * @param numbers of the tokens in their population
     * @param expectation which of the load's expectations the answer for a token must meet
     */
    static Path write(Path file, Population population, IntStream numbers, IntUnaryOperator expectation) {
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
                            expectation.applyAsInt(number));
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
