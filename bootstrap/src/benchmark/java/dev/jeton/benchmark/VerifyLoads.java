package dev.jeton.benchmark;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.reference.EchoServer;
import java.nio.file.Path;
import java.util.List;

/**
 * The loads of VerifyToken, and the same loads on the echo server: the same messages, with the same token of a gateway that may verify every
 * tenant's. Immutable.
 */
final class VerifyLoads {
    static final String PATH = "/jeton.v1.VerificationService/VerifyToken";

    private static final Expectation ALLOWED = Expectation.beginning("0801");
    private static final Expectation ALLOWED_OR_CANCELLED = Expectation.beginning("0801", "0806");

    /** What answers must be like, by number: those to tokens that are let alone, and those to tokens that come and go. */
    private static final List<Expectation> VERDICTS = List.of(ALLOWED, ALLOWED_OR_CANCELLED);

    static final int COMES_AND_GOES = 1;

    private static final List<Expectation> ECHOES = List.of(Expectation.echo(), Expectation.echo());
    private static final int CONNECTIONS = 8;
    private static final int STREAMS = 16;
    private static final int ROOM_FOR_LATE_ONES = 96;
    private static final double TOUCH_WITHIN_SECONDS = 600;

    private final Scene scene;
    private final Form form;
    private final String gateway;

    VerifyLoads(Scene scene, Form form, String gateway) {
        this.scene = scene;
        this.form = form;
        this.gateway = gateway;
    }

    /** 128 calls in flight. */
    Measured full(Path messages) {
        return scene.load(
                onJeton(messages).inFlight(CONNECTIONS, STREAMS).lasting(form.warmUpSeconds(), form.seconds()));
    }

    Measured oneByOne(Path messages) {
        return scene.load(onJeton(messages).inFlight(1, 1).lasting(form.warmUpSeconds() / 2, form.seconds() / 2));
    }

    /** So many calls a second, whatever becomes of them. */
    Measured atRate(Path messages, double rate) {
        return scene.load(onJeton(messages)
                .inFlight(CONNECTIONS, ROOM_FOR_LATE_ONES)
                .atRate(rate)
                .lasting(form.warmUpSeconds(), form.seconds()));
    }

    /** 128 calls in flight, each token once, in the file's order, until the last or for the usual time. */
    Measured firstTouch(Path messages) {
        return scene.load(
                onJeton(messages).eachOnce().inFlight(CONNECTIONS, STREAMS).lasting(0, form.seconds()));
    }

    /** Verifies each token once, so that whatever the server keeps of them it has. */
    Measured touchAll(Path messages) {
        return scene.load(
                onJeton(messages).eachOnce().inFlight(CONNECTIONS, STREAMS).lasting(0, TOUCH_WITHIN_SECONDS));
    }

    /** Another server of the same service, with 128 calls in flight. */
    Measured fullOn(int port, JavaProcess server, Path messages) {
        LoadPlan plan = LoadPlan.of(port, PATH, List.of(gateway), messages, VERDICTS)
                .inFlight(CONNECTIONS, STREAMS)
                .lasting(form.warmUpSeconds(), form.seconds());
        return Loads.run(plan, server.handle(), scene.server().postgres());
    }

    /** 128 echoes in flight. */
    Measured fullEcho(Path messages) {
        return scene.loadEcho(
                onEcho(messages).inFlight(CONNECTIONS, STREAMS).lasting(form.warmUpSeconds(), form.seconds()));
    }

    Measured echoOneByOne(Path messages) {
        return scene.loadEcho(onEcho(messages).inFlight(1, 1).lasting(form.warmUpSeconds() / 2, form.seconds() / 2));
    }

    private LoadPlan onJeton(Path messages) {
        return LoadPlan.of(scene.server().port(), PATH, List.of(gateway), messages, VERDICTS);
    }

    private LoadPlan onEcho(Path messages) {
        return LoadPlan.of(scene.echoPort(), EchoServer.PATH, List.of(gateway), messages, ECHOES);
    }
}
