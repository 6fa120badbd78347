package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.jdbi.sql.Transactions;
import java.util.function.Function;

/** Hands the repositories of one transaction to the work of a management call. Thread-safe. */
public final class JdbiTransactor implements Transactor {
    private final Transactions transactions;

    public JdbiTransactor(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T inTransaction(Function<Repositories, T> work) {
        return transactions.run(handle -> {
            JdbiRepositories repositories = new JdbiRepositories(handle);
            T result = work.apply(repositories);
            Transactions.requireCommittable(handle);
            repositories.commit();
            return result;
        });
    }
}
