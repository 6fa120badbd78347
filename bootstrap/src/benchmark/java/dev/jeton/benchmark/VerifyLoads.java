package dev.jeton.benchmark;

import dev.jeton.benchmark.LoadProcess.Measured;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.LoadPlan.Traffic;
import dev.jeton.benchmark.reference.EchoServer;
import java.nio.file.Path;
import java.util.List;

/** Loads of VerifyToken calls by a gateway, with the same messages and metadata for the echo server. Immutable. */
final class VerifyLoads {
    /** Expects VERDICT_ALLOWED. */
    static final int ALLOWED = 0;

    /** Expects VERDICT_ALLOWED or VERDICT_CANCELLED. */
    static final int ALLOWED_OR_CANCELLED = 1;

    private static final String PATH = "/jeton.v1.VerificationService/VerifyToken";
    private static final List<Expectation> VERDICTS =
            List.of(Expectation.beginning("0801"), Expectation.beginning("0801", "0806"));
    private static final List<Expectation> ECHOES = List.of(Expectation.echo(), Expectation.echo());
    private static final int CONNECTIONS = 8;
    private static final int STREAMS = 16;
    private static final int STREAMS_AT_RATE = 96;
    private static final double TOUCH_WITHIN_SECONDS = 600;

    private final TestBed bed;
    private final String gateway;
    private final Traffic full;
    private final Traffic oneByOne;

    /** @param gateway a secret that may verify every tenant's tokens */
    VerifyLoads(TestBed bed, String gateway) {
        this.bed = bed;
        this.gateway = gateway;
        double warmUp = bed.scale().warmUpSeconds();
        double seconds = bed.scale().seconds();
        full = Traffic.inFlight(CONNECTIONS, STREAMS, warmUp, seconds);
        oneByOne = Traffic.inFlight(1, 1, warmUp / 2, seconds / 2);
    }

    /** 128 calls in flight. */
    Measured full(Path messages) {
        return verify(messages, full);
    }

    /** 128 echoes in flight. */
    Measured fullEcho(Path messages) {
        return echo(messages, full);
    }

    /** 128 calls in flight against as many echoes. */
    Comparison fullAgainstEcho(Path messages) {
        return Comparison.ofRates(bed.scale().rounds(), () -> fullEcho(messages), () -> full(messages));
    }

    /** Latencies with one call in flight, against one echo. */
    Comparison oneByOneAgainstEcho(Path messages) {
        return Comparison.ofLatencies(
                bed.scale().rounds(), () -> echo(messages, oneByOne), () -> verify(messages, oneByOne));
    }

    /** Calls at a constant rate, regardless of how late the answers are, against as many echoes. */
    Comparison atRateAgainstEcho(Path messages, double rate) {
        Traffic traffic = full.atRate(STREAMS_AT_RATE, rate);
        return Comparison.ofTails(bed.scale().rounds(), () -> echo(messages, traffic), () -> verify(messages, traffic));
    }

    /** 128 calls in flight, measured from the first one on. */
    Measured atOnce(Path messages, double seconds) {
        return verify(messages, Traffic.inFlight(CONNECTIONS, STREAMS, 0, seconds));
    }

    /** Each token once, in file order, for at most the usual time. */
    Measured firstTouch(Path messages) {
        return verify(messages, Traffic.once(CONNECTIONS, STREAMS, bed.scale().seconds()));
    }

    /** Verifies each token once, so that the server holds all of them in memory. */
    void touchAll(Path messages) {
        verify(messages, Traffic.once(CONNECTIONS, STREAMS, TOUCH_WITHIN_SECONDS));
    }

    /** 128 calls in flight on another server with the same API. */
    Measured fullOn(int port, ProcessHandle server, Path messages) {
        LoadPlan plan = new LoadPlan(port, PATH, List.of(gateway), messages.toString(), VERDICTS, full);
        return LoadProcess.run(plan, server, bed.server().postgres());
    }

    private Measured verify(Path messages, Traffic traffic) {
        return bed.load(
                new LoadPlan(bed.server().port(), PATH, List.of(gateway), messages.toString(), VERDICTS, traffic));
    }

    private Measured echo(Path messages, Traffic traffic) {
        return bed.loadEcho(
                new LoadPlan(bed.echoPort(), EchoServer.PATH, List.of(gateway), messages.toString(), ECHOES, traffic));
    }
}
