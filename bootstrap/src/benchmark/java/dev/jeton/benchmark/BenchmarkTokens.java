package dev.jeton.benchmark;

import dev.jeton.benchmark.Population.Owner;
import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.benchmark.load.Messages;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The tokens in the server's database, one population in ten tenants and one in many, and requests that verify them. Not thread-safe. */
final class BenchmarkTokens {
    private static final int FEW_TENANTS = 10;
    private static final int CALLERS = 16;
    private static final long A_DAY = 86_400_000;

    private final TestBed bed;
    private final Population ten;
    private int filled;
    private int files;

    BenchmarkTokens(TestBed bed) {
        this.bed = bed;
        ten = population(FEW_TENANTS, 1);
    }

    /** The population in ten tenants. */
    Population ten() {
        return ten;
    }

    /** The number of tokens in the ten tenants. */
    int filled() {
        return filled;
    }

    /** Inserts tokens until the ten tenants have {@code count} in all. */
    void fillTo(int count) {
        if (count > filled) {
            fill(ten, filled, count);
            filled = count;
        }
    }

    /** Inserts {@code count} tokens into new tenants. */
    Population spread(int tenants, int count) {
        Population spread = population(tenants, 2);
        fill(spread, 0, count);
        return spread;
    }

    /** Creates a file of requests that verify the first tokens of a population. */
    Path requests(Population population, int count) {
        return requests(population, IntStream.range(0, count), number -> VerifyLoads.ALLOWED);
    }

    /** Creates a file of requests that verify random tokens of the ten tenants. */
    Path requestsAtRandom(int count) {
        IntStream numbers = new SplittableRandom(1).ints(0, filled).distinct().limit(Math.min(count, filled));
        return requests(ten, numbers, number -> VerifyLoads.ALLOWED);
    }

    /** @param expectation the expected verdict of a token by its number, see {@link VerifyLoads} */
    Path requests(Population population, IntStream numbers, IntUnaryOperator expectation) {
        Path file = bed.file("messages-" + files++);
        SeededRandom random = new SeededRandom();
        try (Messages.Writer writer = new Messages.Writer(file)) {
            for (PrimitiveIterator.OfInt each = numbers.iterator(); each.hasNext(); ) {
                int number = each.nextInt();
                String secret = population.token(number, random).secret().revealSecret();
                VerifyTokenRequest request =
                        VerifyTokenRequest.newBuilder().setSecret(secret).build();
                writer.add(request.toByteArray(), expectation.applyAsInt(number));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Population population(int tenants, long seed) {
        Api api = bed.api();
        ForkJoinPool callers = new ForkJoinPool(CALLERS);
        try {
            List<Owner> owners = callers.submit(() -> IntStream.range(0, tenants)
                            .parallel()
                            .mapToObj(number -> owner(api))
                            .toList())
                    .get();
            return new Population(owners, seed, System.currentTimeMillis() - A_DAY);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Could not create tenants and users", e);
        } finally {
            callers.shutdownNow();
        }
    }

    private static Owner owner(Api api) {
        User user = api.user(api.tenant(TokenPolicy.getDefaultInstance()).getId());
        return new Owner(new TenantId(UUID.fromString(user.getTenantId())), UUID.fromString(user.getId()));
    }

    private void fill(Population population, int from, int to) {
        long began = System.nanoTime();
        new TokenImport(bed.server().database()).add(population, from, to);
        Progress.say(
                "inserted %,d tokens into %,d tenants in %d s",
                to - from, population.owners().size(), (System.nanoTime() - began) / 1_000_000_000);
    }
}
