package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that reports success when the outcome of its commit is unknown. */
public final class HopingJeton {

    private HopingJeton() {}

    /** @param arguments the server's options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::hoping));
    }
}
