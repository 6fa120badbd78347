package dev.jeton.bootstrap;

import dev.jeton.application.call.Calls;
import dev.jeton.application.installation.InstallationUseCases;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.token.SecretHashMaintenanceUseCases;
import dev.jeton.application.token.StaleDigests;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.SecretKeyOptions;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.jdbi.Database;
import java.security.SecureRandom;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Issues an operator token directly in the database, for when all operator tokens are lost. */
@Command(name = OperatorToken.NAME, description = "Issues a new operator token directly in the database and prints it.")
final class OperatorToken extends DatabaseCommand {
    static final String NAME = "operator-token";

    /** On standard error: the only line on standard output is the token. */
    private static final String OTHERS_STAY_VALID =
            "Earlier operator tokens stay valid. If one is lost, find it with jeton.v1.TokenService/ListTokens"
                    + " and cancel it with CancelToken, or use --revoke-others.";

    @Option(
            names = "--revoke-others",
            description =
                    "Also cancels all other tokens of operators that may manage; those that may only verify stay valid.")
    private boolean revokeOthers;

    @Mixin
    private SecretKeyOptions secretKeys;

    OperatorToken(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        return withDatabase(storage(secretKeys), database -> {
            SecretHasher hasher = hasher(database);
            Installation installation = installation(database, hasher);
            TokenSecret secret = installation.newOperatorToken();
            System.out.println(secret.revealSecret());
            if (revokeOthers) {
                int revoked = installation.revokeOtherOperatorTokens(secret.tokenId());
                System.err.println("Cancelled operator tokens: %s.".formatted(revoked));
            } else {
                System.err.println(OTHERS_STAY_VALID);
            }
            return CommandLine.ExitCode.OK;
        });
    }

    /**
     * Checks the keys only if some are given. Without keys the token is stored with an unkeyed hash, which a server with keys accepts and
     * rehashes on first use.
     */
    private SecretHasher hasher(Database database) {
        SecretHasher hasher = secretKeys.toHasher();
        if (!hasher.fingerprints().isEmpty()) {
            new SecretHashMaintenanceUseCases(hasher, new StaleDigests(), database.storedDigests()).requireKeys();
        }
        return hasher;
    }

    /** No request id is used, so none is remembered. */
    private static Installation installation(Database database, SecretHasher hasher) {
        SecureRandom random = new SecureRandom();
        return new InstallationUseCases(new Calls(database.transactor(), random, Duration.ZERO), random, hasher);
    }
}
