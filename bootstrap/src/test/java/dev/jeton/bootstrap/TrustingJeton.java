package dev.jeton.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.jdbi.Database;
import jakarta.inject.Singleton;
import java.io.IOException;

/** A {@link BrokenTwin} that verifies with {@link TrustingLookup}. */
public final class TrustingJeton {

    private TrustingJeton() {}

    /** @param arguments the server's options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BrokenTwin.serve(arguments, new TrustingModule());
    }

    private static final class TrustingModule extends AbstractModule {

        @Provides
        @Singleton
        TokenLookup tokenLookup(Database database) {
            return new TrustingLookup(database.tokenLookup());
        }
    }
}
