package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.millis;
import static dev.jeton.benchmark.ResultTable.rate;

import dev.jeton.benchmark.DatabaseSpeed.Speed;
import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.reference.PerCallServer;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** References (b) and (c): verification with one query per call, and the speed of the database itself. */
final class References {
    private static final int CLIENTS = 16;

    private final TestBed bed;

    References(TestBed bed) {
        this.bed = bed;
    }

    /** Returns the median lookup time of a single client, in milliseconds. */
    double lookUps() {
        Speed one = database().lookUp(1, bed.tokens());
        Speed sixteen = database().lookUp(CLIENTS, bed.tokens());
        String measured = "p50 %s / %s".formatted(millis(one.p50Millis()), rate(sixteen.perSecond()));
        CoreUse cores = one.cores().withOthersOf(sixteen.cores());
        bed.table().addReference("(c)", "prepared lookup through the driver, 1 client / 16 clients", measured, cores);
        return one.p50Millis();
    }

    /** Returns the inserts per second by sixteen clients. */
    double inserts() {
        Speed one = insertsOfOne();
        Speed sixteen = database().insert(CLIENTS);
        String measured = "%s / %s".formatted(rate(one.perSecond()), rate(sixteen.perSecond()));
        CoreUse cores = one.cores().withOthersOf(sixteen.cores());
        bed.table().addReference("(c)", "durable insert through the driver, 1 client / 16 clients", measured, cores);
        return sixteen.perSecond();
    }

    /** Durable inserts by a single client. */
    Speed insertsOfOne() {
        return database().insert(1);
    }

    /** Reads of one page of a tenant's tokens by a single client. */
    Speed page(UUID tenantId, int size) {
        return database().page(tenantId, size);
    }

    void oneQueryPerCall(Path messages) {
        Login database = bed.server().database();
        try (JavaProcess server = JavaProcess.start(PerCallServer.class, List.of(), database.url(), database.user())) {
            server.say(List.of(String.valueOf(database.password())));
            int port = Integer.parseInt(server.await(PerCallServer.SERVING));
            Measured measured = bed.loads().fullOn(port, server.handle(), messages);
            bed.table().addReference("(b)", "one query per call, pool of 2, 128 in flight", measured);
        }
    }

    private DatabaseSpeed database() {
        return new DatabaseSpeed(
                bed, bed.scale().warmUpSeconds() / 2, bed.scale().seconds() / 2);
    }
}
