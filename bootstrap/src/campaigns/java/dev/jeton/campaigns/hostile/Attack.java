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

/** A way to abuse a connection, and how the server responds. */
enum Attack {
    RAPID_RESET("GOAWAY ENHANCE_YOUR_CALM too_many_rststreams", Attack::resetCalls),
    PING_FLOOD("GOAWAY ENHANCE_YOUR_CALM too_many_pings", Attack::sendPings),
    /** All are acknowledged, and the following call is answered. */
    SETTINGS_FLOOD("grpc-status: 0", Attack::sendSettings),
    HUGE_HEADERS("GOAWAY PROTOCOL_ERROR Header size exceeded max allowed size", Attack::sendHugeHeaders),
    CONTINUATION_FLOOD("GOAWAY ENHANCE_YOUR_CALM Number of small consecutive continuations", Attack::continueHeaders),
    EMPTY_DATA_FLOOD("grpc-status: 3", Attack::sendEmptyData),
    TRUNCATED_FRAME(RawConnection.CLOSED, Attack::truncateFrame),
    FRAME_TOO_LONG("GOAWAY FRAME_SIZE_ERROR", Attack::sendLongFrame),
    WRONG_PREFACE("GOAWAY PROTOCOL_ERROR Unexpected HTTP/1.x request", Attack::speakHttp1),
    TWO_MESSAGES("grpc-status: 3", Attack::sendTwoMessages),
    NO_MESSAGE("grpc-status: 3", Attack::sendNoMessage),
    MESSAGE_SHORTER_THAN_CLAIMED(
            "grpc-status: 13", (connection, secret) -> call(connection, secret, message(0, 100, 3))),
    /** The rest reads as many more messages; the second ends the call. */
    MESSAGE_LONGER_THAN_CLAIMED("grpc-status: 3", (connection, secret) -> call(connection, secret, message(0, 3, 100))),
    MESSAGE_CLAIMED_ENDLESS(
            "grpc-status: 8", (connection, secret) -> call(connection, secret, message(0, 0xffff_ffff, 100))),
    COMPRESSED_MESSAGE("grpc-status: 13", (connection, secret) -> call(connection, secret, message(1, 100, 100))),
    UNFINISHED_CALLS("RST_STREAM REFUSED_STREAM", Attack::beginCalls),
    /** The server waits for the client to read. */
    UNREAD_REPLIES(RawConnection.STILL_OPEN, Attack::leaveRepliesUnread),
    WINDOW_TOO_LARGE("RST_STREAM FLOW_CONTROL_ERROR", Attack::overflowWindows),
    TABLE_RESIZED_AGAIN_AND_AGAIN(":status: 404", Attack::resizeTable),
    HEADERS_THAT_UNFOLD("GOAWAY PROTOCOL_ERROR Header size exceeded max allowed size", Attack::unfoldHeaders),
    UNKNOWN_FRAMES_AND_PRIORITIES("grpc-status: 0", Attack::sendUnknownFrames),
    MISPLACED_FRAMES("GOAWAY PROTOCOL_ERROR Frame payload too small for padding", Attack::misplaceFrames),
    /** Closed at the time limit for handshakes. */
    IDLE_CONNECTIONS(RawConnection.CLOSED, (connection, secret) -> {});

    private static final String VERIFY =
            "/" + VerificationServiceGrpc.getVerifyTokenMethod().getFullMethodName();
    private static final String LIST =
            "/" + TokenServiceGrpc.getListTokensMethod().getFullMethodName();
    private static final byte[] EMPTY_MESSAGE = new byte[5];
    private static final int CANCEL = 8;
    private static final int MAX_FRAME = 1 << 14;
    private static final int LARGE = 1 << 20;
    private static final int MANY = 20_000;
    private static final int CALLS = 120;

    private final String answer;
    private final Script script;

    Attack(String answer, Script script) {
        this.answer = answer;
        this.script = script;
    }

    private interface Script {
        void send(RawConnection connection, String secret) throws IOException;
    }

    /** The beginning of what {@link RawConnection#ending} returns after this attack. */
    String answer() {
        return answer;
    }

    /** Whether the connection stays open for as long as the server allows. */
    boolean staysOpen() {
        return this == UNFINISHED_CALLS || this == UNREAD_REPLIES || this == IDLE_CONNECTIONS;
    }

    /** The number of concurrent connections. */
    int connections() {
        return this == IDLE_CONNECTIONS ? 500 : 4;
    }

    RawConnection connect(int port) throws IOException {
        return this == IDLE_CONNECTIONS || this == WRONG_PREFACE
                ? RawConnection.silent(port)
                : RawConnection.open(port);
    }

    /**
     * Performs the attack; fails if the server closes the connection meanwhile.
     *
     * @param secret of a caller who may manage and verify
     */
    void send(RawConnection connection, String secret) throws IOException {
        script.send(connection, secret);
        connection.flush();
    }

    private static void resetCalls(RawConnection connection, String secret) throws IOException {
        RequestHeaders headers = new RequestHeaders(VERIFY, secret);
        for (int stream = 1; stream < 2 * MANY; stream += 2) {
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, stream, stream == 1 ? headers.first() : headers.next());
            connection.frame(Frame.DATA, Frame.END_STREAM, stream, EMPTY_MESSAGE);
            connection.frame(Frame.RST_STREAM, 0, stream, number(CANCEL)).flush();
        }
    }

    private static void sendPings(RawConnection connection, String secret) throws IOException {
        for (int i = 0; i < MANY; i++) {
            connection.frame(Frame.PING, 0, 0, new byte[8]);
        }
    }

    private static void sendSettings(RawConnection connection, String secret) throws IOException {
        for (int i = 0; i < MANY; i++) {
            connection.setting(Frame.INITIAL_WINDOW_SIZE, i);
        }
        call(connection, secret, EMPTY_MESSAGE);
    }

    private static void sendHugeHeaders(RawConnection connection, String secret) throws IOException {
        byte[] block =
                HeaderBlock.call(VERIFY).literal("x-huge", "x".repeat(LARGE)).bytes();
        connection.frame(Frame.HEADERS, Frame.END_STREAM, 1, slice(block, 0));
        for (int at = MAX_FRAME; at < block.length; at += MAX_FRAME) {
            boolean last = at + MAX_FRAME >= block.length;
            connection.frame(Frame.CONTINUATION, last ? Frame.END_HEADERS : 0, 1, slice(block, at));
        }
    }

    private static void continueHeaders(RawConnection connection, String secret) throws IOException {
        connection.frame(Frame.HEADERS, 0, 1, HeaderBlock.call(VERIFY).bytes());
        for (int i = 0; i < MANY; i++) {
            connection.frame(Frame.CONTINUATION, 0, 1, new byte[0]).flush();
        }
    }

    private static void sendEmptyData(RawConnection connection, String secret) throws IOException {
        begin(connection, secret);
        for (int i = 0; i < MANY; i++) {
            connection.frame(Frame.DATA, 0, 1, new byte[0]);
        }
        connection.frame(Frame.DATA, Frame.END_STREAM, 1, new byte[0]);
    }

    private static void truncateFrame(RawConnection connection, String secret) throws IOException {
        begin(connection, secret);
        connection.frame(Frame.DATA, Frame.END_STREAM, 1, 100, EMPTY_MESSAGE).finish();
    }

    private static void sendLongFrame(RawConnection connection, String secret) throws IOException {
        begin(connection, secret);
        connection.frame(Frame.DATA, Frame.END_STREAM, 1, (1 << 24) - 1, new byte[LARGE]);
    }

    private static void speakHttp1(RawConnection connection, String secret) throws IOException {
        connection.bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    }

    private static void sendTwoMessages(RawConnection connection, String secret) throws IOException {
        begin(connection, secret);
        connection.frame(Frame.DATA, 0, 1, EMPTY_MESSAGE).frame(Frame.DATA, Frame.END_STREAM, 1, EMPTY_MESSAGE);
    }

    private static void sendNoMessage(RawConnection connection, String secret) throws IOException {
        call(connection, secret, new byte[0]);
    }

    private static void beginCalls(RawConnection connection, String secret) throws IOException {
        RequestHeaders headers = new RequestHeaders(VERIFY, secret);
        for (int stream = 1; stream < 2 * CALLS; stream += 2) {
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, stream, stream == 1 ? headers.first() : headers.next());
        }
    }

    private static void leaveRepliesUnread(RawConnection connection, String secret) throws IOException {
        connection.setting(Frame.INITIAL_WINDOW_SIZE, 0);
        RequestHeaders headers = new RequestHeaders(LIST, secret);
        for (int stream = 1; stream < 200; stream += 2) {
            connection.frame(Frame.HEADERS, Frame.END_HEADERS, stream, stream == 1 ? headers.first() : headers.next());
            connection.frame(Frame.DATA, Frame.END_STREAM, stream, EMPTY_MESSAGE);
        }
    }

    private static void overflowWindows(RawConnection connection, String secret) throws IOException {
        begin(connection, secret);
        connection.frame(Frame.WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE));
        connection.frame(Frame.WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE));
    }

    private static void resizeTable(RawConnection connection, String secret) throws IOException {
        HeaderBlock block = new HeaderBlock();
        for (int i = 0; i < MANY / 4; i++) {
            block.tableSize(i % 2 == 0 ? 0 : 4_096);
        }
        connection.frame(Frame.HEADERS, Frame.END_HEADERS, 1, block.bytes());
    }

    private static void unfoldHeaders(RawConnection connection, String secret) throws IOException {
        HeaderBlock block = HeaderBlock.call(VERIFY).kept("x-large", "x".repeat(4_000));
        for (int i = 0; i < 10_000; i++) {
            block.indexed(62);
        }
        connection.frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 1, block.bytes());
    }

    private static void sendUnknownFrames(RawConnection connection, String secret) throws IOException {
        for (int i = 0; i < MANY; i++) {
            connection.frame((byte) 0xee, 0xff, i, new byte[5]);
            connection.frame(Frame.PRIORITY_FRAME, 0, 2 * i + 1, new byte[5]);
        }
        call(connection, secret, EMPTY_MESSAGE);
    }

    private static void misplaceFrames(RawConnection connection, String secret) throws IOException {
        connection.frame(Frame.DATA, Frame.PADDED, 7, new byte[] {(byte) 0xff, 0});
        connection.frame(
                Frame.HEADERS, Frame.END_HEADERS, 0, HeaderBlock.call(VERIFY).bytes());
        connection.frame(Frame.PUSH_PROMISE, Frame.END_HEADERS, 1, number(2));
    }

    private static void begin(RawConnection connection, String secret) throws IOException {
        connection.frame(Frame.HEADERS, Frame.END_HEADERS, 1, new RequestHeaders(VERIFY, secret).first());
    }

    private static void call(RawConnection connection, String secret, byte[] data) throws IOException {
        begin(connection, secret);
        connection.frame(Frame.DATA, Frame.END_STREAM, 1, data);
    }

    /** A message with its gRPC prefix. */
    private static byte[] message(int compressed, int claimedLength, int length) {
        return ByteBuffer.allocate(5 + length)
                .put((byte) compressed)
                .putInt(claimedLength)
                .array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] slice(byte[] block, int at) {
        return Arrays.copyOfRange(block, at, Math.min(at + MAX_FRAME, block.length));
    }
}
