package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.jdbi.sql.TenantScope;
import dev.jeton.jdbi.sql.Transactions;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/** Hands the repositories of one transaction to the work of a management call. Thread-safe. */
public final class JdbiTransactor implements Transactor {
    private final Transactions transactions;

    public JdbiTransactor(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T inTransaction(Function<Repositories, T> work) {
        return transactions.run(handle -> {
            JdbiRepositories repositories = new JdbiRepositories(new TenantScope(handle));
            try {
                T result = work.apply(repositories);
                Transactions.requireCommittable(handle);
                repositories.commit();
                return result;
            } catch (JdbiException failure) {
                throw repositories.translate(failure);
            }
        });
    }

    /** Each read is a transaction of its own. */
    @Override
    public <T> T read(Function<Repositories, T> work) {
        return transactions.run(handle -> work.apply(new JdbiRepositories(TenantScope.reading(handle))));
    }
}
