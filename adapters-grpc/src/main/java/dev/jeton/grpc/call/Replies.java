package dev.jeton.grpc.call;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;

/** How services answer. */
public final class Replies {
    private Replies() {}

    public static <R> void send(StreamObserver<R> replies, R reply) {
        replies.onNext(reply);
        replies.onCompleted();
    }

    /** Answers when {@code reply} is there, or fails when it does. */
    public static <R> void sendWhenThere(StreamObserver<R> replies, CompletionStage<R> reply) {
        reply.whenComplete((value, failure) -> {
            if (failure == null) {
                send(replies, value);
            } else {
                replies.onError(failure);
            }
        });
    }
}
