package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that does not remember which creates it has done. */
public final class ForgetfulJeton {

    private ForgetfulJeton() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::forgetful));
    }
}
