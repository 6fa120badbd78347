package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that trusts its own clock, which is two days fast. */
public final class HastyJeton {

    private HastyJeton() {}

    /** @param arguments the server's options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::hasty));
    }
}
