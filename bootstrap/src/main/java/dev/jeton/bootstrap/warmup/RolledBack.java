package dev.jeton.bootstrap.warmup;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs each transaction with the synthetic tenant in it and rolls it back. All its rows are new, so no other transaction waits for them.
 * Thread-safe.
 */
final class RolledBack implements Transactor {
    private final Transactor transactor;
    private final SyntheticTenant tenant;

    RolledBack(Transactor transactor, SyntheticTenant tenant) {
        this.transactor = transactor;
        this.tenant = tenant;
    }

    @Override
    @SuppressWarnings("unchecked") // the work's own result
    public <T> T inTransaction(Function<Repositories, T> work) {
        try {
            return transactor.inTransaction(repositories -> {
                tenant.insertInto(repositories);
                T result = work.apply(repositories);
                // A read executes the writes that the repositories still hold back for the commit.
                tenant.findIn(repositories);
                throw new Done(result);
            });
        } catch (Done done) {
            return (T) done.result;
        }
    }

    /** Leaves the transaction with the result of its work. */
    private static final class Done extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient @Nullable Object result;

        Done(@Nullable Object result) {
            super(null, null, false, false);
            this.result = result;
        }
    }
}
