package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.rateAndLatency;

import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.LoadPlan.Traffic;
import dev.jeton.benchmark.load.Messages;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.TokenPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** P5: how fast tokens are created. */
final class CreationSpeed {
    private static final String PATH = "/jeton.v1.TokenService/CreateToken";

    /** Field 1 of the answer: the token. */
    private static final Expectation CREATED = Expectation.beginning("0a");

    private static final int CALLERS = 16;

    private static final double RATIO = 0.6;
    private static final double ONE_TENANT_RATIO = 0.5;

    private final TestBed bed;
    private final Api api;

    CreationSpeed(TestBed bed) {
        this.bed = bed;
        api = bed.api();
    }

    /** @param inserts per second by sixteen clients of the database */
    void measure(double inserts) throws IOException {
        List<String> apart =
                Stream.generate(() -> manager(tenant())).limit(CALLERS).toList();
        String one = tenant();
        List<String> together =
                Stream.generate(() -> manager(one)).limit(CALLERS).toList();
        measure("CreateToken, 16 callers in 16 tenants", RATIO, apart, inserts);
        measure("CreateToken, 16 callers in one tenant", ONE_TENANT_RATIO, together, inserts);
    }

    private String tenant() {
        return api.tenant(TokenPolicy.getDefaultInstance()).getId();
    }

    private String manager(String tenantId) {
        return api.credential(api.user(tenantId, Role.ROLE_TENANT_ADMIN), "jeton:manage");
    }

    private void measure(String what, double target, List<String> callers, double inserts) throws IOException {
        Path request = bed.file("create");
        try (Messages.Writer writer = new Messages.Writer(request)) {
            writer.add(
                    CreateTokenRequest.newBuilder().setName("created").build().toByteArray(), 0);
        }
        Traffic traffic = Traffic.inFlight(
                CALLERS, 1, bed.scale().mixSeconds(), bed.scale().seconds());
        Measured measured = bed.load(
                new LoadPlan(bed.server().port(), PATH, callers, request.toString(), List.of(CREATED), traffic));
        double ratio = measured.perSecond() / inserts;
        String atLeast = "≥ %s × insert by 16 clients".formatted(target);
        bed.table().add("P5", what, atLeast, rateAndLatency(measured), measured.cores(), ratio, ratio >= target);
    }
}
