package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that forgets the request ids of creates. */
public final class ForgetfulJeton {

    private ForgetfulJeton() {}

    /** @param arguments the server's options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::forgetful));
    }
}
