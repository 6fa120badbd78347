package dev.jeton.grpc.call;

import dev.jeton.grpc.error.CallRefused;
import java.util.concurrent.Semaphore;

/** For as many calls as may be under way at the same time: for more of them, nothing is begun. Thread-safe. */
public final class Room {
    private final Semaphore places;

    public Room(int places) {
        this.places = new Semaphore(places);
    }

    /**
     * Takes a place for a call, before anything is done for it: what is refused must cost as little as possible.
     *
     * @throws CallRefused if there is none left
     */
    public void enter() {
        if (!places.tryAcquire()) {
            throw CallRefused.overloaded();
        }
    }

    /** Gives the place up; once for each time that it was taken. */
    public void leave() {
        places.release();
    }
}
