package dev.jeton.bootstrap.support.reply;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test whose replies disclose something. JUnit loads it as a service. */
public final class ReplyGuardExtension implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    /** Covers the set-up and tear-down of a class. */
    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    private static void check() {
        List<String> disclosed = ReplyGuard.OF_ALL_TESTS.takeFound();
        if (!disclosed.isEmpty()) {
            throw new AssertionError("Replies disclosed\n" + String.join("\n", disclosed));
        }
    }
}
