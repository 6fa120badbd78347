package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes and gives in one way, through one replica and then the other, and verifies each time at once through both. Every so often it deletes
 * what it has and makes something new. Not thread-safe.
 */
final class Client {
    private static final int ROUNDS_IN_A_LIFE = 25;
    private static final int VERIFICATIONS_THROUGH_THE_OTHER = 2;

    private final Way way;
    private final Campaign campaign;
    private final List<Replica> replicas;
    private final Board board;
    private int turn;

    Client(Way way, Campaign campaign, List<Replica> replicas, Board board) {
        this.way = way;
        this.campaign = campaign;
        this.replicas = replicas;
        this.board = board;
    }

    /** Returns when the campaign is over. */
    void run() throws InterruptedException {
        while (!campaign.isOver()) {
            List<Subject> living = new ArrayList<>();
            try {
                living.add(campaign.subject(way));
                living.add(campaign.subject(Way.CANCELLED));
                live(living.get(0), living.get(1));
            } catch (StatusRuntimeException failure) {
                // Whether it happened cannot be known: this one is of no more use.
                if (!Answer.isNone(failure.getStatus().getCode())) {
                    throw failure;
                }
                campaign.abandoned(failure.getStatus());
            } finally {
                for (Subject subject : living) {
                    board.retire(subject);
                }
            }
        }
    }

    /** @param still stays as it is, for others to verify */
    private void live(Subject subject, Subject still) {
        board.add(still);
        board.add(subject);
        // So that there is something to be wrong about.
        replicas.forEach(replica -> replica.verify(subject).join());
        for (int i = 0; i < ROUNDS_IN_A_LIFE && !campaign.isOver(); i++) {
            change(subject, way.denial, by -> way.take(by, subject));
            campaign.tookAway(way);
            change(subject, Answer.ALLOWED, by -> way.give(by, subject));
        }
        change(subject, way.end(), by -> by.delete(subject.changed()));
    }

    private void change(Subject subject, Answer to, Change change) {
        Replica one = replicas.get(turn % 2);
        Replica other = replicas.get((turn + 1) % 2);
        turn++;
        subject.history().changing(to);
        change.make(one.administration());
        subject.history().changed();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < VERIFICATIONS_THROUGH_THE_OTHER; i++) {
            calls.add(other.verify(subject));
        }
        calls.add(one.verify(subject));
        calls.forEach(CompletableFuture::join);
    }

    private interface Change {
        void make(Api by);
    }
}
