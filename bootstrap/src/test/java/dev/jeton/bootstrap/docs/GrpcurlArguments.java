package dev.jeton.bootstrap.docs;

import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of grpcurl's command line that the documentation uses. */
final class GrpcurlArguments {
    private final List<String> words = new ArrayList<>();
    private final Metadata headers = new Metadata();
    private @Nullable String caFile;
    private String data = "{}";
    private boolean plaintext;

    private GrpcurlArguments() {}

    static GrpcurlArguments parse(List<String> given) {
        GrpcurlArguments arguments = new GrpcurlArguments();
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case "-plaintext" -> arguments.plaintext = true;
                case "-cacert" -> arguments.caFile = given.get(++i);
                case "-d" -> arguments.data = given.get(++i);
                case "-H" -> arguments.addHeader(given.get(++i));
                default -> arguments.words.add(given.get(i));
            }
        }
        if (arguments.words.size() < 2 || arguments.words.stream().anyMatch(word -> word.startsWith("-"))) {
            throw new IllegalArgumentException("only -plaintext, -cacert, -d and -H are supported, not " + given);
        }
        if (arguments.plaintext == (arguments.caFile != null)) {
            throw new IllegalArgumentException("either -plaintext or -cacert is required");
        }
        return arguments;
    }

    /** {@code host:port}. */
    String address() {
        return words.get(0);
    }

    /** {@code list}, or {@code service/method}. */
    String symbol() {
        return words.get(1);
    }

    /** The service whose methods {@code list} shows; null for all services. */
    @Nullable String service() {
        return words.size() > 2 ? words.get(2) : null;
    }

    Metadata headers() {
        return headers;
    }

    /** The request, in JSON. */
    String data() {
        return data;
    }

    /** The CA of the server's certificate; null for plaintext. */
    @Nullable String caFile() {
        return caFile;
    }

    private void addHeader(String header) {
        String[] parts = header.split(": *", 2);
        headers.put(Metadata.Key.of(parts[0], Metadata.ASCII_STRING_MARSHALLER), parts[1]);
    }
}
