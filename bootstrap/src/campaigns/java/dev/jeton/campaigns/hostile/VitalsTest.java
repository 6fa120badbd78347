package dev.jeton.campaigns.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static final int MANY = 40;

    @BeforeEach
    void requireProc() {
        assumeThat(Vitals.areAvailable()).isTrue();
    }

    @Test
    void nothingGrewIfNothingHappened() {
        assertThat(now().moreThan(now())).isEmpty();
    }

    @Test
    void noticesThreads() {
        Vitals before = now();
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < MANY; i++) {
            new Thread(() -> awaitUninterruptibly(over)).start();
        }

        assertThat(now().moreThan(before)).contains("threads");
        over.countDown();
    }

    @Test
    void noticesDescriptors() throws Exception {
        Vitals before = now();
        List<DatagramSocket> sockets = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            sockets.add(new DatagramSocket());
        }

        assertThat(now().moreThan(before)).contains("descriptors");
        sockets.forEach(DatagramSocket::close);
    }

    @Test
    void noticesHeap() {
        Vitals before = now();
        byte[] leak = new byte[24 << 20];

        assertThat(now().moreThan(before)).contains("heap");
        assertThat(leak).isNotEmpty();
    }

    private static Vitals now() {
        return Vitals.of(ProcessHandle.current());
    }

    private static void awaitUninterruptibly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
