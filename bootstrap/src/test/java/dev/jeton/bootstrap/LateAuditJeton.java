package dev.jeton.bootstrap;

import java.io.IOException;

/** A {@link BrokenTwin} that appends audit events in a second transaction, after the change, and ignores its failure. */
public final class LateAuditJeton {

    private LateAuditJeton() {}

    /** @param arguments the server's options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, BrokenTransactor.insteadOf(BrokenTransactor::auditingLater));
    }
}
