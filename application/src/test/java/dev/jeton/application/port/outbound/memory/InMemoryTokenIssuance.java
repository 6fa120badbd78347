package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog.Entry;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UserRepository.TokenOwner;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores each token in a transaction of its own. */
record InMemoryTokenIssuance(Transactor transactor) implements TokenIssuance {

    @Override
    public <T> Optional<T> issue(Needs needs, @Nullable FirstRequest request, Function<Terms, Issued<T>> decide) {
        try {
            return transactor.inTransaction(repositories -> issue(needs, request, decide, repositories));
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> issue(
            Needs needs, @Nullable FirstRequest request, Function<Terms, Issued<T>> decide, Repositories repositories) {
        Optional<TokenOwner> owner = repositories
                .users()
                .holdOwner(needs.tenantId(), needs.ownerId())
                .filter(held -> held.terms().policy().maxTokensPerUser() == 0);
        boolean workloads = repositories
                .workloads()
                .existing(needs.tenantId(), needs.workloadIds())
                .containsAll(needs.workloadIds());
        if (owner.isEmpty() || !workloads) {
            return Optional.empty();
        }
        Issued<T> issued = decide.apply(new Terms(owner.get().terms(), repositories.moment()));
        if (request != null) {
            Entry entry = new Entry(
                    request.bodyDigest(),
                    issued.token().id().value(),
                    issued.event().createTime());
            if (repositories
                    .requests()
                    .putIfAbsent(request.key(), entry, Instant.MIN)
                    .isPresent()) {
                return Optional.empty();
            }
        }
        repositories.tokens().insert(issued.token(), issued.digest());
        repositories.audit().append(issued.event());
        return Optional.of(issued.result());
    }
}
