package dev.jeton.bootstrap.support;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Lists all RPCs and the fields of their requests from the descriptors, so that additions to the API are included. */
public final class ApiFields {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            TenantServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor(),
            WorkloadServiceGrpc.getServiceDescriptor(),
            TokenServiceGrpc.getServiceDescriptor(),
            VerificationServiceGrpc.getServiceDescriptor(),
            AuditServiceGrpc.getServiceDescriptor());

    /** String fields that identify no resource. All others are assumed to. */
    private static final Set<String> NOT_IDS = Set.of(
            "action",
            "description",
            "display_name",
            "email",
            "etag",
            "name",
            "name_contains",
            "reason",
            "scopes",
            "values");

    private ApiFields() {}

    /** All RPCs by name, without the service. */
    public static Map<String, MethodDescriptor<?, ?>> rpcs() {
        Map<String, MethodDescriptor<?, ?>> rpcs = new TreeMap<>();
        SERVICES.forEach(
                service -> service.getMethods().forEach(method -> rpcs.put(method.getBareMethodName(), method)));
        return rpcs;
    }

    /** The paths of all fields that identify a resource, such as {@code BatchVerifyTokens.requests.tenant_id}. */
    public static List<String> naming() {
        List<String> found = new ArrayList<>();
        rpcs().forEach((rpc, method) -> collect(rpc, request(method).getDescriptorForType(), found));
        return found;
    }

    /** An empty request. */
    public static Message request(MethodDescriptor<?, ?> method) {
        return (Message) ((PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
    }

    /** Calls the RPC with the request. */
    @SuppressWarnings("unchecked")
    public static Message call(Channel channel, String rpc, Message request) {
        MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) rpcs().get(rpc);
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }

    /** Sets the field at a path within the message; in a list, the first element. */
    public static void set(Message.Builder message, String path, String value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (dot < 0) {
            if (field.isRepeated()) {
                message.clearField(field);
                message.addRepeatedField(field, value);
            } else {
                message.setField(field, value);
            }
            return;
        }
        Message.Builder part;
        if (!field.isRepeated()) {
            part = ((Message) message.getField(field)).toBuilder();
        } else if (message.getRepeatedFieldCount(field) == 0) {
            part = message.newBuilderForField(field);
        } else {
            part = ((Message) message.getRepeatedField(field, 0)).toBuilder();
            message.clearField(field);
        }
        set(part, path.substring(dot + 1), value);
        if (field.isRepeated()) {
            message.addRepeatedField(field, part.build());
        } else {
            message.setField(field, part.build());
        }
    }

    private static void collect(String path, Descriptor message, List<String> found) {
        for (FieldDescriptor field : message.getFields()) {
            String name = path + "." + field.getName();
            if (field.getJavaType() == JavaType.MESSAGE
                    && field.getMessageType().getFullName().startsWith("jeton.")) {
                collect(name, field.getMessageType(), found);
            } else if (isText(field) && !NOT_IDS.contains(field.getName())) {
                found.add(name);
            }
        }
    }

    private static boolean isText(FieldDescriptor field) {
        return field.getJavaType() == JavaType.STRING || field.getJavaType() == JavaType.BYTE_STRING;
    }
}
