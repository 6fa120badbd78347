package dev.jeton.bootstrap.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops log events below INFO from gRPC and its transport, which at DEBUG log every header and so every caller's token. A filter, because
 * a configuration could override a level. Thread-safe.
 */
final class SilentTransport extends TurboFilter {
    private static final String TRANSPORT = "io.grpc";

    /** Installs the filter, and reinstalls it when the configuration is reset. */
    static void guard(LoggerContext context) {
        context.addTurboFilter(new SilentTransport());
        context.addListener(new ReinstallOnReset());
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        return !level.isGreaterOrEqual(Level.INFO) && logger.getName().startsWith(TRANSPORT)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static final class ReinstallOnReset implements LoggerContextListener {

        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext context) {
            context.addTurboFilter(new SilentTransport());
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}

        @Override
        public void onLevelChange(Logger logger, Level level) {}
    }
}
