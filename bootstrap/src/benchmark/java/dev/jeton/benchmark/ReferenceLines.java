package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.millis;
import static dev.jeton.benchmark.Results.rate;
import static dev.jeton.benchmark.Results.rateAndLatency;

import dev.jeton.benchmark.DriverClients.Speed;
import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.Results.Met;
import dev.jeton.benchmark.reference.PerCallServer;
import dev.jeton.bootstrap.storage.Login;
import java.nio.file.Path;
import java.util.List;

/** What the database can do, and what verification does as everybody would write it. */
final class ReferenceLines {
    private static final int CLIENTS = 16;

    private final Bench bench;

    ReferenceLines(Bench bench) {
        this.bench = bench;
    }

    /** @return look-ups by one client */
    Speed lookUps() {
        DriverClients clients = clients();
        Speed one = clients.lookUp(1, bench.tokens().ten(), bench.tokens().filled());
        Speed sixteen =
                clients.lookUp(CLIENTS, bench.tokens().ten(), bench.tokens().filled());
        bench.results()
                .add(
                        "(c)",
                        "prepared look-up through the driver, 1 client / 16 clients",
                        "",
                        "p50 %s / %s".formatted(millis(one.p50Millis()), rate(sixteen.perSecond())),
                        "",
                        Met.TOLD);
        return one;
    }

    /** @return inserts by sixteen clients */
    Speed inserts() {
        Speed one = clients().insert(1);
        Speed sixteen = clients().insert(CLIENTS);
        bench.results()
                .add(
                        "(c)",
                        "durable insert through the driver, 1 client / 16 clients",
                        "",
                        "%s / %s".formatted(rate(one.perSecond()), rate(sixteen.perSecond())),
                        "",
                        Met.TOLD);
        return sixteen;
    }

    void oneQueryPerCall(Path messages) {
        Login database = bench.scene().server().database();
        try (JavaProcess server =
                JavaProcess.start(PerCallServer.class, List.of(), List.of(database.url(), database.user()))) {
            server.say(List.of(String.valueOf(database.password())));
            int port = Integer.parseInt(server.await(PerCallServer.SERVING));
            Measured measured = bench.loads().fullOn(port, server, messages);
            bench.results().note("one query per call", measured);
            bench.results()
                    .add(
                            "(b)",
                            "one query per call, pool of 2, 128 in flight",
                            "",
                            rateAndLatency(measured),
                            "",
                            Met.TOLD);
        }
    }

    private DriverClients clients() {
        return new DriverClients(
                bench.scene().server().database(),
                bench.form().warmUpSeconds() / 2,
                bench.form().seconds() / 2);
    }
}
