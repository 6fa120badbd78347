package dev.jeton.jdbi.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.StoredDigestsContract;
import dev.jeton.jdbi.TestDatabase;
import org.junit.jupiter.api.Test;

class JdbiStoredDigestsIT extends StoredDigestsContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }

    /** Runs at each start, which must not read all tokens. */
    @Test
    void findsSchemesInUseByIndex() {
        String plan = TestDatabase.shared().backdoor().inTransaction(handle -> {
            handle.execute("SET LOCAL enable_seqscan = off");
            return String.join(
                    "\n",
                    handle.createQuery("EXPLAIN " + JdbiStoredDigests.SCHEMES_IN_USE)
                            .mapTo(String.class)
                            .list());
        });

        assertThat(plan).contains("tokens_by_keyed_scheme").doesNotContain("Seq Scan on tokens");
    }
}
