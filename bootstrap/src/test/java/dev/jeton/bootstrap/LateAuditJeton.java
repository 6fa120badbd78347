package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that audits in a transaction of its own, after the change, and says nothing when that fails. */
public final class LateAuditJeton {

    private LateAuditJeton() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::auditingLater));
    }
}
