package dev.jeton.bootstrap.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilentTransportTest {
    private static final String TRANSPORT = "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";
    private static final String VERBOSE = """
            <configuration>
              <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
              <logger name="%s" level="TRACE"/>
              <root level="TRACE"><appender-ref ref="LIST"/></root>
            </configuration>
            """.formatted(TRANSPORT);

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void guardVerboseConfiguration() throws Exception {
        SilentTransport.guard(context);
        configureVerbosely();
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSPORT, "io.grpc.netty.shaded.io.netty.handler", "io.grpc.internal.ServerImpl"})
    void dropsHeadersInEveryConfiguration(String name) {
        Logger logger = context.getLogger(name);
        logger.setLevel(Level.TRACE);

        logger.debug("INBOUND HEADERS: authorization: Bearer jtn_");
        logger.trace("INBOUND HEADERS: authorization: Bearer jtn_");

        assertThat(logged()).isEmpty();
        assertThat(logger.isDebugEnabled()).isFalse();
    }

    @Test
    void dropsHeadersAfterAReconfiguration() throws Exception {
        context.reset();
        configureVerbosely();

        context.getLogger(TRANSPORT).debug("INBOUND HEADERS: authorization: Bearer jtn_");

        assertThat(logged()).isEmpty();
    }

    @Test
    void keepsWarningsAndOtherLoggers() {
        context.getLogger(TRANSPORT).warn("port in use");
        context.getLogger("dev.jeton").debug("details");

        assertThat(logged()).containsExactly("port in use", "details");
    }

    @Test
    void headersAreLoggedWithoutIt() throws Exception {
        LoggerContext unguarded = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(unguarded);
        configurator.doConfigure(new ByteArrayInputStream(VERBOSE.getBytes(StandardCharsets.UTF_8)));

        assertThat(unguarded.getLogger(TRANSPORT).isDebugEnabled()).isTrue();
    }

    private void configureVerbosely() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(VERBOSE.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> logged() {
        ListAppender<ILoggingEvent> appender = (ListAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("LIST");
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
