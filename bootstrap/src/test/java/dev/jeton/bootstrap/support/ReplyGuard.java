package dev.jeton.bootstrap.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
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
 * Notes whatever a reply gives away that it should not: headers, status and trailers by {@link Disclosures}, and in messages any issued secret, save
 * in the one field that shows a new one. It changes no reply; {@link ReplyGuardExtension} has the test fail. Thread-safe.
 */
public final class ReplyGuard implements ClientInterceptor {
    public static final ReplyGuard OF_ALL_TESTS = new ReplyGuard();

    private static final String SECRET = "secret";

    private static final BinaryMarshaller<String> AS_TEXT = new BinaryMarshaller<>() {
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

    /** What was noted since this was asked last, by any test's channel. */
    public static List<String> disclosed() {
        return OF_ALL_TESTS.takeFound();
    }

    public List<String> takeFound() {
        List<String> taken = new ArrayList<>();
        for (String next = found.poll(); next != null; next = found.poll()) {
            taken.add(next);
        }
        return taken;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                super.start(new Looking<>(listener, method.getFullMethodName()), headers);
            }
        };
    }

    private final class Looking<R> extends SimpleForwardingClientCallListener<R> {
        private final String method;

        Looking(ClientCall.Listener<R> listener, String method) {
            super(listener);
            this.method = method;
        }

        @Override
        public void onHeaders(Metadata headers) {
            lookAt("headers", headers);
            super.onHeaders(headers);
        }

        @Override
        public void onMessage(R message) {
            if (message instanceof Message reply) {
                note("message", disclosures.ofSecrets(texts(withoutNewSecret(reply))));
            }
            super.onMessage(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            String description = status.getDescription();
            if (description != null) {
                note("status", disclosures.in(description));
            }
            lookAt("trailers", trailers);
            super.onClose(status, trailers);
        }

        private void lookAt(String where, Metadata metadata) {
            for (String key : metadata.keys()) {
                note(where, disclosures.in(key + ": " + value(metadata, key)));
            }
        }

        private void note(String where, @Nullable String disclosure) {
            if (disclosure != null) {
                found.add("%s, %s: %s".formatted(method, where, disclosure));
            }
        }
    }

    private Message withoutNewSecret(Message reply) {
        FieldDescriptor field = reply.getDescriptorForType().findFieldByName(SECRET);
        if (field == null) {
            return reply;
        }
        disclosures.learn((String) reply.getField(field));
        return reply.toBuilder().clearField(field).build();
    }

    /** Texts stand in an encoded message as they are. */
    private static String texts(Message message) {
        return new String(message.toByteArray(), ISO_8859_1);
    }

    private static String value(Metadata metadata, String key) {
        StringBuilder texts = new StringBuilder();
        if (key.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
            append(texts, metadata.getAll(Metadata.Key.of(key, AS_TEXT)));
        } else {
            append(texts, metadata.getAll(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)));
        }
        return texts.toString();
    }

    private static void append(StringBuilder texts, @Nullable Iterable<String> values) {
        if (values != null) {
            values.forEach(value -> texts.append(value).append('\n'));
        }
    }
}
