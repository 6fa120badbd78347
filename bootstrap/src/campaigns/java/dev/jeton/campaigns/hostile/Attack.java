package dev.jeton.campaigns.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jeton.bootstrap.support.http2.Frame;
import dev.jeton.bootstrap.support.http2.HeaderBlock;
import dev.jeton.bootstrap.support.http2.RawConnection;
import dev.jeton.bootstrap.support.http2.RequestHeaders;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What can be done to a server with one connection. Each goes on until it has done it or the connection is ended, which may happen anytime. */
enum Attack {
    RAPID_RESET {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            RequestHeaders headers = new RequestHeaders(VERIFY, secret);
            for (int stream = 1; stream < 2 * MANY; stream += 2) {
                connection.frame(
                        Frame.HEADERS, Frame.END_HEADERS, stream, stream == 1 ? headers.first() : headers.next());
                connection.frame(Frame.DATA, Frame.END_STREAM, stream, EMPTY_MESSAGE);
                connection.frame(Frame.RST_STREAM, 0, stream, number(CANCEL)).flush();
            }
        }
    },
    PING_FLOOD {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            for (int i = 0; i < MANY; i++) {
                connection.frame(Frame.PING, 0, 0, new byte[8]);
            }
        }
    },
    SETTINGS_FLOOD {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            for (int i = 0; i < MANY; i++) {
                connection.setting(Frame.INITIAL_WINDOW_SIZE, i);
            }
        }
    },
    HUGE_HEADERS {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            byte[] block = HeaderBlock.call(VERIFY)
                    .literal("x-huge", "x".repeat(LARGEST))
                    .bytes();
            connection.frame(Frame.HEADERS, Frame.END_STREAM, 1, slice(block, 0));
            for (int at = FRAME; at < block.length; at += FRAME) {
                boolean last = at + FRAME >= block.length;
                connection.frame(Frame.CONTINUATION, last ? Frame.END_HEADERS : 0, 1, slice(block, at));
            }
        }
    },
    CONTINUATION_FLOOD {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            connection.frame(Frame.HEADERS, 0, 1, HeaderBlock.call(VERIFY).bytes());
            for (int i = 0; i < MANY; i++) {
                connection.frame(Frame.CONTINUATION, 0, 1, new byte[0]).flush();
            }
        }
    },
    EMPTY_DATA_FLOOD {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            for (int i = 0; i < MANY; i++) {
                connection.frame(Frame.DATA, 0, 1, new byte[0]);
            }
        }
    },
    TRUNCATED_FRAME {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, 100, EMPTY_MESSAGE);
        }
    },
    FRAME_TOO_LONG {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, (1 << 24) - 1, new byte[LARGEST]);
        }
    },
    WRONG_PREFACE(true) {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            connection.bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        }
    },
    TWO_MESSAGES {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, 0, 1, EMPTY_MESSAGE).frame(Frame.DATA, Frame.END_STREAM, 1, EMPTY_MESSAGE);
        }
    },
    NO_MESSAGE {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, new byte[0]);
        }
    },
    MESSAGE_SAID_TO_BE_LONGER {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, message(0, 100, 3));
        }
    },
    MESSAGE_SAID_TO_BE_SHORTER {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, message(0, 3, 100));
        }
    },
    MESSAGE_SAID_TO_BE_ENDLESS {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, message(0, 0xffff_ffff, 100));
        }
    },
    COMPRESSED_MESSAGE {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.DATA, Frame.END_STREAM, 1, message(1, 100, 100));
        }
    },
    CALLS_NEVER_FINISHED {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            for (int stream = 1; stream < 200; stream += 2) {
                begin(connection, stream);
            }
            hold(connection);
        }
    },
    REPLIES_NEVER_READ {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            connection.setting(Frame.INITIAL_WINDOW_SIZE, 0);
            RequestHeaders headers = new RequestHeaders(LIST, secret);
            for (int stream = 1; stream < 200; stream += 2) {
                connection.frame(
                        Frame.HEADERS, Frame.END_HEADERS, stream, stream == 1 ? headers.first() : headers.next());
                connection.frame(Frame.DATA, Frame.END_STREAM, stream, EMPTY_MESSAGE);
            }
            hold(connection);
        }
    },
    WINDOW_TOO_LARGE {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            begin(connection, 1);
            connection.frame(Frame.WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE));
            connection.frame(Frame.WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE));
        }
    },
    TABLE_RESIZED_AGAIN_AND_AGAIN {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            HeaderBlock block = new HeaderBlock();
            for (int i = 0; i < MANY / 4; i++) {
                block.tableSize(i % 2 == 0 ? 0 : 4_096);
            }
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, 1, block.bytes());
        }
    },
    HEADERS_THAT_UNFOLD {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            HeaderBlock block = HeaderBlock.call(VERIFY).kept("x-large", "x".repeat(4_000));
            for (int i = 0; i < 10_000; i++) {
                block.indexed(62);
            }
            connection.frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 1, block.bytes());
        }
    },
    UNKNOWN_FRAMES_AND_PRIORITIES {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            for (int i = 0; i < MANY; i++) {
                connection.frame((byte) 0xee, 0xff, i, new byte[5]);
                connection.frame(PRIORITY, 0, 2 * i + 1, new byte[5]);
            }
        }
    },
    FRAMES_WHERE_THEY_MUST_NOT_BE {
        @Override
        void on(RawConnection connection, String secret) throws IOException {
            connection.frame(Frame.DATA, Frame.PADDED, 7, new byte[] {(byte) 0xff, 0});
            connection.frame(
                    Frame.HEADERS,
                    Frame.END_HEADERS,
                    0,
                    HeaderBlock.call(VERIFY).bytes());
            connection.frame(PUSH_PROMISE, Frame.END_HEADERS, 1, number(2));
        }
    },
    /** As many as there are, and nothing is ever said on them. */
    IDLE_CONNECTIONS(true) {
        @Override
        void on(RawConnection connection, String secret) {
            hold(connection);
        }

        @Override
        int connections() {
            return 500;
        }
    };

    private static final String VERIFY =
            "/" + VerificationServiceGrpc.getVerifyTokenMethod().getFullMethodName();
    private static final String LIST =
            "/" + TokenServiceGrpc.getListTokensMethod().getFullMethodName();
    private static final byte[] EMPTY_MESSAGE = new byte[5];
    private static final byte PRIORITY = 2;
    private static final byte PUSH_PROMISE = 5;
    private static final int CANCEL = 8;
    private static final int FRAME = 1 << 14;
    private static final int LARGEST = 1 << 20;
    private static final int MANY = 20_000;

    private final boolean speechless;

    Attack() {
        this(false);
    }

    /** @param speechless whether it does not begin as every client does */
    Attack(boolean speechless) {
        this.speechless = speechless;
    }

    /**
     * Does it.
     *
     * @param secret of somebody who may call
     */
    abstract void on(RawConnection connection, String secret) throws IOException;

    /** On how many connections at a time it is to be done. */
    int connections() {
        return 4;
    }

    RawConnection connect(int port) throws IOException {
        return speechless ? RawConnection.silent(port) : RawConnection.open(port);
    }

    private static void begin(RawConnection connection, int stream) throws IOException {
        connection.frame(
                Frame.HEADERS,
                Frame.END_HEADERS,
                stream,
                HeaderBlock.call(VERIFY).bytes());
    }

    /** A message after its prefix. */
    private static byte[] message(int compressed, int said, int length) {
        return ByteBuffer.allocate(5 + length)
                .put((byte) compressed)
                .putInt(said)
                .array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] slice(byte[] block, int at) {
        return Arrays.copyOfRange(block, at, Math.min(at + FRAME, block.length));
    }

    /** Until it is closed by whoever has the connections. */
    private static void hold(RawConnection connection) {
        try {
            connection.flush();
            TimeUnit.HOURS.sleep(1);
        } catch (IOException | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
