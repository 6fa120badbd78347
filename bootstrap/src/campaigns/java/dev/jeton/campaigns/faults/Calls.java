package dev.jeton.campaigns.faults;

import java.util.ArrayList;
import java.util.List;

/** A made-up history of one token. Not thread-safe. */
final class Calls {
    static final String LABEL = "6a4c1f0e-5b7d-4c8e-9f10-2d3e4f5a6b7c";
    static final String ID = "0192d3a4-0000-7000-8000-000000000001";
    static final long EXPIRY = 10_000_000;

    private static final long PATIENCE = 60_000_000;

    private final List<Call> all = new ArrayList<>();

    List<Call> all() {
        return List.copyOf(all);
    }

    void done(Deed deed, long asked, long answered) {
        answered(deed, Call.OK, asked, answered);
    }

    void unknown(Deed deed, long asked, long answered) {
        answered(deed, "UNAVAILABLE", asked, answered);
    }

    void verified(String verdict, long asked, long answered) {
        answered(Deed.VERIFY, verdict, asked, answered);
    }

    void renewed(String answer, long expiry, long asked, long answered) {
        all.add(new Call(LABEL, 0, Deed.RENEW, asked, answered, PATIENCE, answer, expiry, ""));
    }

    void answered(Deed deed, String answer, long asked, long answered) {
        created(deed == Deed.CREATE && answer.equals(Call.OK) ? ID : "", deed, answer, asked, answered);
    }

    void created(String id, Deed deed, String answer, long asked, long answered) {
        all.add(new Call(LABEL, 0, deed, asked, answered, PATIENCE, answer, EXPIRY, id));
    }
}
