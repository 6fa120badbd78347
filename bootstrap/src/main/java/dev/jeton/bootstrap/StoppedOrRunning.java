package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.StartFailure;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import java.nio.file.Files;
import java.util.Optional;

/** The way of a command that is no server to the database: also to the embedded one, whether or not a server runs on it. */
final class StoppedOrRunning {
    private StoppedOrRunning() {}

    /** @param lifecycle gets all that must be closed when the command ends */
    static Database database(Storage storage, Lifecycle lifecycle) {
        DatabaseSettings settings = storage.limits().at(login(storage, lifecycle));
        return lifecycle.open(() -> WarmDatabase.open(settings));
    }

    private static Login login(Storage storage, Lifecycle lifecycle) {
        if (storage instanceof Storage.External external) {
            return external.login();
        }
        if (!Files.isDirectory(storage.dataDirectory())) {
            throw new StartFailure(
                    "There is no data directory " + storage.dataDirectory() + ": name the server's with --data-dir");
        }
        DataDirectory data = DataDirectory.open(storage.dataDirectory());
        if (!EmbeddedDatabase.exists(data)) {
            throw new StartFailure("There is no database in " + data.path() + " yet: start the server once");
        }
        Optional<DataDirectory.Lock> lock = data.tryLock();
        if (lock.isPresent()) {
            lifecycle.open(lock::get);
            int connections = storage.limits().connections();
            return lifecycle
                    .open(() -> EmbeddedDatabase.start(data, connections))
                    .login();
        }
        return EmbeddedDatabase.running(data)
                .orElseThrow(
                        () -> new StartFailure("A server is starting or stopping on " + data.path() + ": try again"))
                .login();
    }
}
