package dev.jeton.bootstrap.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up logging. Format and levels are in logback.xml, which users may replace; what must never be logged is filtered here. */
public final class Logging {

    private Logging() {}

    /** Routes java.util.logging to the log and silences transports. Call this first in {@code main}. */
    public static void prepare() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            SilentTransport.guard(context);
        }
    }
}
