package dev.jeton.grpc.call;

import io.grpc.stub.StreamObserver;

/** Sends unary replies. */
public final class Replies {
    private Replies() {}

    public static <R> void send(StreamObserver<R> replies, R reply) {
        replies.onNext(reply);
        replies.onCompleted();
    }
}
