package dev.jeton.campaigns.faults;

import java.util.ArrayList;
import java.util.List;

/** Builds the history of one token for tests. Not thread-safe. */
final class CallHistory {
    static final String LABEL = "6a4c1f0e-5b7d-4c8e-9f10-2d3e4f5a6b7c";
    static final String ID = "0192d3a4-0000-7000-8000-000000000001";
    static final long EXPIRY = 10_000_000;

    private final List<Call> all = new ArrayList<>();

    List<Call> all() {
        return List.copyOf(all);
    }

    void done(TokenOperation operation, long started, long ended) {
        answered(operation, Call.OK, started, ended);
    }

    void unknown(TokenOperation operation, long started, long ended) {
        answered(operation, "UNAVAILABLE", started, ended);
    }

    void verified(String verdict, long started, long ended) {
        answered(TokenOperation.VERIFY, verdict, started, ended);
    }

    void renewed(String answer, long expiry, long started, long ended) {
        all.add(new Call(LABEL, 0, TokenOperation.RENEW, started, ended, answer, expiry, ""));
    }

    void answered(TokenOperation operation, String answer, long started, long ended) {
        created(
                operation == TokenOperation.CREATE && answer.equals(Call.OK) ? ID : "",
                operation,
                answer,
                started,
                ended);
    }

    void created(String id, TokenOperation operation, String answer, long started, long ended) {
        all.add(new Call(LABEL, 0, operation, started, ended, answer, EXPIRY, id));
    }
}
