package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.rateAndLatency;
import static dev.jeton.benchmark.Results.ratio;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.Results.Met;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.Messages;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** P5: how fast tokens are created. */
final class CreateLines {
    private static final String PATH = "/jeton.v1.TokenService/CreateToken";

    /** Field 1 of the answer, the token. */
    private static final Expectation CREATED = Expectation.beginning("0a");

    private static final int CALLERS = 16;

    /** Times the warm-up of verifications, of which a hundred times as many are done in a second: the compilers count calls. */
    private static final double WARM_UPS = 10;

    private static final double RATIO = 0.6;
    private static final double ONE_TENANT_RATIO = 0.3;

    private final Bench bench;

    CreateLines(Bench bench) {
        this.bench = bench;
    }

    /** @param inserts that sixteen clients can do each second */
    void measure(double inserts) {
        Directory directory = new Directory(bench.scene().server());
        List<String> apart = IntStream.range(0, CALLERS)
                .mapToObj(number -> directory.tenant("Creating " + number))
                .map(tenant -> manager(directory, tenant))
                .toList();
        TenantId one = directory.tenant("Creating for all");
        List<String> together = IntStream.range(0, CALLERS)
                .mapToObj(number -> manager(directory, one))
                .toList();
        add("CreateToken, 16 callers in 16 tenants", RATIO, create(apart), inserts);
        add("CreateToken, 16 callers in one tenant", ONE_TENANT_RATIO, create(together), inserts);
    }

    private static String manager(Directory directory, TenantId tenant) {
        return directory.manager(directory.user(tenant, Role.ROLE_TENANT_ADMIN));
    }

    private Measured create(List<String> callers) {
        LoadPlan plan = LoadPlan.of(bench.scene().server().port(), PATH, callers, request(), List.of(CREATED))
                .inFlight(CALLERS, 1)
                .lasting(WARM_UPS * bench.form().warmUpSeconds(), bench.form().seconds());
        return bench.scene().load(plan);
    }

    private Path request() {
        Path file = bench.scene().file("create");
        try (Messages.Writer writer = new Messages.Writer(file)) {
            writer.add(
                    CreateTokenRequest.newBuilder().setName("created").build().toByteArray(), 0);
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(String what, double target, Measured measured, double inserts) {
        double ratio = measured.perSecond() / inserts;
        bench.results().note("P5", measured);
        bench.results()
                .add(
                        "P5",
                        what,
                        "≥ %s × insert by 16 clients".formatted(target),
                        rateAndLatency(measured),
                        ratio(ratio),
                        Met.when(ratio >= target));
    }
}
