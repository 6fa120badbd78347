package dev.jeton.bootstrap.support;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has every test fail that got a reply which gives something away; JUnit finds it by itself. */
public final class ReplyGuardExtension implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    /** For what a class does before and after its tests. */
    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    private static void check() {
        List<String> disclosed = ReplyGuard.disclosed();
        if (!disclosed.isEmpty()) {
            throw new AssertionError("Replies gave away\n" + String.join("\n", disclosed));
        }
    }
}
