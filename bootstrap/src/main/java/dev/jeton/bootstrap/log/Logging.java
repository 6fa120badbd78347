package dev.jeton.bootstrap.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of the whole process. What it looks like is in logback.xml, which a user may replace; what must never be in it is here. */
public final class Logging {

    private Logging() {}

    /** To be called before anything else: what libraries write by other ways goes to the log, and transports keep silent. */
    public static void prepare() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            SilentTransport.guard(context);
        }
    }
}
