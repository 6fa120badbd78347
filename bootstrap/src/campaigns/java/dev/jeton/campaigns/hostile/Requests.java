package dev.jeton.campaigns.hostile;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Generates mostly valid requests of any type, choosing values by field name. */
final class Requests {
    private static final int YEAR_2033 = 2_000_000_000;
    private static final int DAY = 86_400;

    private final World world;
    private final SplittableRandom random;

    Requests(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    Message request(Message prototype) {
        Message.Builder request = prototype.toBuilder();
        fill(request);
        return request.build();
    }

    private void fill(Message.Builder message) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            OneofDescriptor choice = field.getRealContainingOneof();
            boolean wanted = choice == null
                    ? random.nextInt(100) < percentage(field)
                    : random.nextInt(choice.getFieldCount() + 1) == 0 && !message.hasOneof(choice);
            if (!wanted) {
                continue;
            }
            if (field.isRepeated()) {
                message.addRepeatedField(field, value(message, field));
            } else {
                message.setField(field, value(message, field));
            }
        }
    }

    /** How often the field is set, in percent. */
    private static int percentage(FieldDescriptor field) {
        boolean list = field.getContainingType().getName().startsWith("List");
        return switch (field.getName()) {
            case "etag", "page_token" -> 3;
            case "request_id" -> 20;
            case "seconds", "year", "month", "day", "requests", "secret", "email", "name", "kind", "force" -> 100;
            case "tenant_id", "user_id", "workload_id", "token_id" -> list ? 40 : 95;
            default -> 40;
        };
    }

    private Object value(Message.Builder message, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                Message.Builder part = message.newBuilderForField(field);
                fill(part);
                yield part.build();
            }
            case ENUM -> {
                List<EnumValueDescriptor> values = field.getEnumType().getValues();
                yield values.get(1 + random.nextInt(Math.min(2, values.size() - 1)));
            }
            case BOOLEAN -> field.getName().equals("force") || random.nextBoolean();
            case INT -> integer(field);
            case LONG -> field.getContainingType().getName().equals("Duration") ? (long) DAY : (long) YEAR_2033;
            case STRING -> text(field);
            default -> field.getDefaultValue();
        };
    }

    private int integer(FieldDescriptor field) {
        return switch (field.getName()) {
            case "year" -> 2033;
            case "nanos" -> 0;
            case "page_size", "max_length" -> 50;
            default -> 3;
        };
    }

    private String text(FieldDescriptor field) {
        return switch (field.getName()) {
            case "tenant_id" -> world.tenantId();
            case "user_id", "actor_id" -> world.userId();
            case "workload_id", "workload_ids" -> world.workloadId();
            case "token_id", "resource_id" -> world.tokenId();
            case "secret" -> world.secret();
            case "page_token" -> world.pageToken();
            case "request_id" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "email" -> name() + "@example.com";
            case "name", "display_name" -> name();
            case "action" -> "CreateToken";
            case "etag" -> "";
            default -> "s1";
        };
    }

    private String name() {
        return "n" + Long.toHexString(random.nextLong());
    }
}
