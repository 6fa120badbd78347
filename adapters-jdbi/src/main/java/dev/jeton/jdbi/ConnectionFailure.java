package dev.jeton.jdbi;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Explains to a person why the database cannot be connected to, and what to do. */
final class ConnectionFailure {
    private static final String CANNOT = "The database cannot be reached: %s; %s";

    private ConnectionFailure() {}

    /** For a connection as the login itself. */
    static RuntimeException explain(SQLException failure) {
        return failure instanceof UnsuitableSession
                ? new UnusableDatabase(failure.getMessage(), failure)
                : new Unavailable(
                        ErrorReason.DATABASE_UNAVAILABLE, CANNOT.formatted(reason(failure), remedy(failure)), failure);
    }

    /**
     * For a connection under a role, after one as the login itself has succeeded. Empty if the failure may pass, such as a timeout of a process that
     * has just started.
     */
    static Optional<UnusableDatabase> explainRefusal(SQLException failure, DatabaseRole role, String login) {
        if (failure instanceof UnsuitableSession) {
            return Optional.of(new UnusableDatabase(failure.getMessage(), failure));
        }
        return switch (state(failure)) {
            case "22023", "42501" ->
                Optional.of(new UnusableDatabase(
                        "The login %s cannot act as the role %s (%s); run GRANT %s TO \"%s\""
                                .formatted(login, role.roleName(), reason(failure), role.roleName(), login),
                        failure));
            default -> Optional.empty();
        };
    }

    private static String remedy(SQLException failure) {
        if (cause(failure, CertPathBuilderException.class).isPresent()) {
            return "check sslrootcert in its URL";
        }
        return switch (state(failure)) {
            case "28P01", "28000" -> "check --db-user, its password, and pg_hba.conf";
            case "3D000" -> "create it, or check its URL";
            case "42501" -> "run GRANT CONNECT for the login";
            case "53300" -> "raise max_connections, or lower --db-pool-size on all replicas";
            case "57P03" -> "try again later";
            case "08P01" -> "connect to PostgreSQL itself, not to a pooler";
            default -> "check its URL, user and password, and that it is running";
        };
    }

    /** Returns the server's words, or the driver's without the names of its classes. */
    private static String reason(SQLException failure) {
        if (cause(failure, CertPathBuilderException.class).isPresent()) {
            return "there is no certification path from its certificate to a trusted CA";
        }
        Optional<UnknownHostException> unknown = cause(failure, UnknownHostException.class);
        if (unknown.isPresent()) {
            return "the host %s is unknown".formatted(unknown.get().getMessage());
        }
        if (cause(failure, SocketTimeoutException.class).isPresent()) {
            return "it does not answer in time";
        }
        ServerErrorMessage said = failure instanceof PSQLException reported ? reported.getServerErrorMessage() : null;
        String message = said == null ? failure.getMessage() : said.getMessage();
        return message == null
                ? "the driver names no reason"
                : message.lines()
                        .findFirst()
                        .orElse(message)
                        .replaceFirst(" by hostnameverifier \\w+", "")
                        .replaceFirst("\\.( .*)?$", "");
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
