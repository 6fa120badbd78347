package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that says done when it does not hear what became of its commit. */
public final class HopingJeton {

    private HopingJeton() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::hoping));
    }
}
