package dev.jeton.bootstrap.support.reply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Metadata.BinaryMarshaller;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Checks every reply with {@link Disclosures}: headers, trailers and status of every attempt, including retries by the gRPC library, and every
 * message; also raw frames and process output. {@link ReplyGuardExtension} fails the test. Thread-safe.
 */
public final class ReplyGuard implements ClientInterceptor {
    public static final ReplyGuard OF_ALL_TESTS = new ReplyGuard();

    private static final String SECRET = "secret";

    private static final BinaryMarshaller<String> BYTES_AS_TEXT = new BinaryMarshaller<>() {
        @Override
        public byte[] toBytes(String text) {
            return text.getBytes(ISO_8859_1);
        }

        @Override
        public String parseBytes(byte[] bytes) {
            return new String(bytes, ISO_8859_1);
        }
    };

    private final Disclosures disclosures = new Disclosures();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    /** Returns the findings since the last call, oldest first. */
    public List<String> takeFound() {
        List<String> taken = new ArrayList<>();
        for (String next = found.poll(); next != null; next = found.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Checks a text written by the server alone, such as a header, a status or a line of output. */
    public void checkError(String where, @Nullable String text) {
        if (text != null) {
            note(where, disclosures.inError(text));
        }
    }

    /** Checks a text that contains values chosen by callers. */
    public void checkMessage(String where, String text) {
        note(where, disclosures.inMessage(text));
    }

    /** Checks a line on a process's standard error. */
    public void checkLog(String line) {
        note("log", disclosures.inLog(line));
    }

    /** Checks a line on a process's standard output. A line that consists of a secret is allowed: it shows a new one. */
    public void checkOutput(String line) {
        if (Disclosures.isSecret(line)) {
            disclosures.learn(line);
        } else {
            checkError("output", line);
        }
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        String name = method.getFullMethodName();
        CallOptions traced = options.withStreamTracerFactory(new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                return new Attempt(name);
            }
        });
        return new SimpleForwardingClientCall<>(next.newCall(method, traced)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onMessage(R message) {
                                checkMessage(name + ", message", texts((Message) message));
                                super.onMessage(message);
                            }
                        },
                        headers);
            }
        };
    }

    private final class Attempt extends ClientStreamTracer {
        private final String method;

        Attempt(String method) {
            this.method = method;
        }

        @Override
        public void inboundHeaders(Metadata headers) {
            checkError(method + ", headers", texts(headers));
        }

        @Override
        public void inboundTrailers(Metadata trailers) {
            checkError(method + ", trailers", texts(trailers));
        }

        @Override
        public void streamClosed(Status status) {
            checkError(method + ", status", status.getDescription());
        }
    }

    private void note(String where, @Nullable String disclosure) {
        if (disclosure != null) {
            found.add(where + ": " + disclosure);
        }
    }

    /** The encoded message, in which strings are readable. Learns and omits the one field that shows a new secret. */
    private String texts(Message message) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(SECRET);
        if (field == null) {
            return message.toByteString().toString(ISO_8859_1);
        }
        disclosures.learn((String) message.getField(field));
        return message.toBuilder().clearField(field).build().toByteString().toString(ISO_8859_1);
    }

    /** Names and values, one per line; binary values with one character per byte. */
    public static String texts(Metadata metadata) {
        StringBuilder texts = new StringBuilder();
        for (String key : metadata.keys()) {
            Metadata.Key<String> typed = key.endsWith(Metadata.BINARY_HEADER_SUFFIX)
                    ? Metadata.Key.of(key, BYTES_AS_TEXT)
                    : Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER);
            metadata.getAll(typed)
                    .forEach(value ->
                            texts.append(key).append(": ").append(value).append('\n'));
        }
        return texts.toString();
    }
}
