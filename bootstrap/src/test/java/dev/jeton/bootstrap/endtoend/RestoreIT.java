package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Store;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Restores a backup of the database under a running server that has read newer data. */
@Timeout(120)
class RestoreIT {
    private static final int CONNECTIONS = 40;

    @TempDir
    Path directory;

    @Test
    void aRunningServerAnswersFromTheRestoredData() throws Exception {
        try (Store store = Store.start(directory.resolve("database"), CONNECTIONS);
                Cluster cluster = Cluster.on(directory, store.over(store.proxy(), "jeton"))) {
            JetonProcess server = cluster.server("server");
            Console console = new Console(server.asOperator());
            User user = console.user(console.tenants
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setDisplayName("Acme")
                            .build())
                    .getTenant()
                    .getId());
            CreateTokenResponse kept = console.create(newToken(user, "kept"));
            CreateTokenResponse revoked = console.create(newToken(user, "revoked"));
            Path backup = directory.resolve("backup");

            whileStopped(store, data -> FileTree.copy(data, backup));
            assertThat(retryWhileUnavailable(() -> console.verdict(use(revoked))))
                    .isEqualTo(Verdict.VERDICT_ALLOWED);
            retryWhileUnavailable(() -> {
                console.cancel(revoked.getToken().getId(), "leaked");
                return true;
            });
            CreateTokenResponse issuedLater =
                    retryWhileUnavailable(() -> console.create(newToken(user, "issued later")));
            assertThat(console.verdict(use(kept))).isEqualTo(Verdict.VERDICT_ALLOWED);
            assertThat(console.verdict(use(revoked))).isEqualTo(Verdict.VERDICT_CANCELLED);
            assertThat(console.verdict(use(issuedLater))).isEqualTo(Verdict.VERDICT_ALLOWED);

            whileStopped(store, data -> {
                FileTree.delete(data);
                FileTree.copy(backup, data);
            });
            assertThat(retryWhileUnavailable(() -> console.verdict(use(issuedLater))))
                    .as("a token issued after the backup and read by the server")
                    .isEqualTo(Verdict.VERDICT_NOT_FOUND);
            assertThat(console.verdict(use(revoked)))
                    .as("a revocation after the backup is lost and must be repeated")
                    .isEqualTo(Verdict.VERDICT_ALLOWED);
            assertThat(console.verdict(use(kept))).isEqualTo(Verdict.VERDICT_ALLOWED);

            retryWhileUnavailable(() -> {
                console.cancel(revoked.getToken().getId(), "leaked");
                return true;
            });
            assertThat(console.verdict(use(revoked))).isEqualTo(Verdict.VERDICT_CANCELLED);
            assertThat(console.verdict(
                            use(retryWhileUnavailable(() -> console.create(newToken(user, "issued after all"))))))
                    .isEqualTo(Verdict.VERDICT_ALLOWED);
        }
    }

    private interface Work {
        void on(Path data) throws IOException;
    }

    private static void whileStopped(Store store, Work work) throws Exception {
        store.signal("KILL");
        Awaiting.until(() -> isRunning(store), running -> !running);
        work.on(store.directory().resolve("postgres"));
        store.restart();
    }

    private static boolean isRunning(Store store) {
        try {
            return store.isRunning();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Retries while the call fails with UNAVAILABLE; any other error fails the test. */
    private static <T> T retryWhileUnavailable(Supplier<T> call) throws InterruptedException {
        while (true) {
            try {
                return call.get();
            } catch (StatusRuntimeException refused) {
                assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
                Thread.sleep(100);
            }
        }
    }
}
