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
 * Refuses what gRPC and its transport log below INFO: at DEBUG they log every header, and with it every caller's token. A filter and not
 * a level, because a configuration could set the level of a logger further down. Thread-safe.
 */
final class SilentTransport extends TurboFilter {
    private static final String TRANSPORT = "io.grpc";

    /** Puts the filter in, and in again whenever a new configuration has thrown it out. */
    static void guard(LoggerContext context) {
        context.addTurboFilter(new SilentTransport());
        context.addListener(new PutBack());
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

    private static final class PutBack implements LoggerContextListener {

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
