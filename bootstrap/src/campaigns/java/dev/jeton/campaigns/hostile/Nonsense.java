package dev.jeton.campaigns.hostile;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Corrupts requests: sets fields to unexpected values of their types, and changes bytes of encoded messages. */
final class Nonsense {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "  x ",
            "\t",
            "..",
            "null",
            "0",
            "-1",
            "\u0000",
            "a\u0000b",
            "\r\nx-injected: 1",
            "\u202etxet",
            "\u200b",
            "\ufeff",
            "\ufffe\uffff",
            "\ud83d\ude80",
            "\ud800",
            "e\u0301".repeat(60),
            "\u0958\ufb2c\u1e9b\u0323",
            "\u0130I\u0131i",
            "Ａｃｍｅ",
            "مرحبا",
            "%s%n%x",
            "%",
            "_",
            "\\",
            "'\"",
            "'; DELETE FROM tokens; --",
            "${jndi:ldap://127.0.0.1/x}",
            "../../etc/passwd",
            "@",
            "a@b@c",
            "@example.com",
            "jeton:",
            "jeton:manage",
            "jeton:nonsense",
            "JETON:MANAGE",
            "jtn_",
            "jtn_" + "z".repeat(82),
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "{0198c5f2-7b7e-7c61-9d4a-6b1f0a3c2d11}",
            "0198c5f2-7b7e-7c61-9d4a-6b1f0a3c2d1",
            "1-1-1-1-1",
            "=".repeat(44),
            "A".repeat(44),
            "x".repeat(101),
            "x".repeat(501),
            "x".repeat(10_000),
            "\u202e".repeat(3_000),
            "x".repeat(66_000));

    private static final int[] INTEGERS = numbers(
                    "0 1 -1 12 13 30 31 32 100 101 999 1000 1001 9999 10000 999999999 1000000000"
                            + " -1000000000 2147483647 -2147483648")
            .mapToInt(Math::toIntExact)
            .toArray();

    /** Includes the limits of timestamps (years 0001 and 9999) and of durations. */
    private static final long[] LONGS = numbers(
                    "0 1 -1 -62135596800 -62135596801 253402300799 253402300800 315576000000 315576000001"
                            + " -315576000001 9223372036854 9223372036854775807 -9223372036854775808")
            .toArray();

    private static final int[] ENUMS = {0, 999, -1, Integer.MAX_VALUE};
    private static final int[] COUNTS = {0, 2, 3, 101, 1_100};
    private static final int[] DEPTHS = {1, 19, 20, 21, 100, 5_000};

    /** In all the elements of a list; a request may have fewer. */
    private static final int MOST_CHARACTERS = 300_000;

    private final SplittableRandom random;

    Nonsense(SplittableRandom random) {
        this.random = random;
    }

    /** Corrupts one field, anywhere in the message. */
    void corrupt(Message.Builder message) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        if (fields.isEmpty() || random.nextInt(20) == 0) {
            message.setUnknownFields(unknown());
            return;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        if (field.isRepeated()) {
            Object value = value(message, field);
            int count = Math.min(COUNTS[random.nextInt(COUNTS.length)], MOST_CHARACTERS / (1 + size(value)));
            if (random.nextBoolean()) {
                message.clearField(field);
            }
            for (int i = 0; i < count; i++) {
                message.addRepeatedField(field, value);
            }
        } else if (random.nextInt(8) == 0) {
            message.clearField(field);
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            Message.Builder part = ((Message) message.getField(field)).toBuilder();
            corrupt(part);
            message.setField(field, part.build());
        } else {
            message.setField(field, value(message, field));
        }
    }

    private static int size(Object value) {
        return value instanceof Message message
                ? message.getSerializedSize()
                : value.toString().length();
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Object value(Message.Builder message, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                Message.Builder part = message.newBuilderForField(field);
                corrupt(part);
                yield part.build();
            }
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(ENUMS[random.nextInt(ENUMS.length)]);
            case BOOLEAN -> random.nextBoolean();
            case INT -> INTEGERS[random.nextInt(INTEGERS.length)];
            case LONG -> LONGS[random.nextInt(LONGS.length)];
            case FLOAT -> Float.NaN;
            case DOUBLE -> Double.NaN;
            case BYTE_STRING -> ByteString.copyFromUtf8(text());
            case STRING -> text();
        };
    }

    private UnknownFieldSet unknown() {
        UnknownFieldSet innermost = UnknownFieldSet.newBuilder()
                .addField(
                        1 + random.nextInt(30),
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(random.nextLong())
                                .addFixed32(random.nextInt())
                                .addLengthDelimited(ByteString.copyFromUtf8(text()))
                                .build())
                .build();
        return random.nextBoolean()
                ? innermost
                : UnknownFieldSet.newBuilder()
                        .addField(
                                536_870_911,
                                UnknownFieldSet.Field.newBuilder()
                                        .addGroup(innermost)
                                        .build())
                        .build();
    }

    /** Changes bytes of an encoded message. */
    byte[] corrupt(byte[] message) {
        int at = random.nextInt(message.length + 1);
        int to = at + random.nextInt(message.length - at + 1);
        byte[] before = Arrays.copyOf(message, at);
        byte[] middle = Arrays.copyOfRange(message, at, to);
        byte[] after = Arrays.copyOfRange(message, to, message.length);
        return switch (random.nextInt(9)) {
            case 0 -> flipped(message);
            case 1 -> before;
            case 2 -> joined(before, after);
            case 3 -> joined(message, message);
            case 4 -> joined(before, middle, middle, after);
            case 5 -> joined(before, bytes(1 + random.nextInt(16)), after);
            case 6 -> joined(message, hugeNumber());
            case 7 -> joined(message, openGroups());
            default -> bytes(random.nextInt(200));
        };
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] message) {
        byte[] flipped = message.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return flipped;
    }

    /** A field whose number or length is encoded in up to 11 bytes. */
    private byte[] hugeNumber() {
        byte[] number = new byte[1 + random.nextInt(11)];
        Arrays.fill(number, (byte) 0xff);
        number[number.length - 1] = (byte) random.nextInt(0x80);
        byte[] tag = {(byte) (1 + random.nextInt(12) << 3 | (random.nextBoolean() ? 0 : 2))};
        return joined(tag, number);
    }

    private byte[] openGroups() {
        byte[] groups = new byte[DEPTHS[random.nextInt(DEPTHS.length)]];
        Arrays.fill(groups, (byte) (15 << 3 | 3));
        return groups;
    }

    private static LongStream numbers(String text) {
        return Stream.of(text.split(" ")).mapToLong(Long::parseLong);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
