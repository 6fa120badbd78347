package dev.jeton.grpc.user;

import static dev.jeton.grpc.call.CallContext.caller;
import static dev.jeton.grpc.message.RequestReader.etag;

import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.domain.user.User;
import dev.jeton.grpc.call.Replies;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.PageTokens;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.CreateUserResponse;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DeleteUserResponse;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.DisableUserResponse;
import dev.jeton.v1.EnableUserRequest;
import dev.jeton.v1.EnableUserResponse;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.GetProfileResponse;
import dev.jeton.v1.GetUserRequest;
import dev.jeton.v1.GetUserResponse;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.ListUsersResponse;
import dev.jeton.v1.UpdateUserRequest;
import dev.jeton.v1.UpdateUserResponse;
import dev.jeton.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Serves {@link UserAdministration}. Thread-safe; its methods block. */
public final class UserGrpcService extends UserServiceGrpc.UserServiceImplBase {
    private final UserAdministration users;
    private final PageTokens pageTokens;

    public UserGrpcService(UserAdministration users, PageTokens pageTokens) {
        this.users = users;
        this.pageTokens = pageTokens;
    }

    @Override
    public void createUser(CreateUserRequest request, StreamObserver<CreateUserResponse> replies) {
        Created<User> created = users.create(caller(), UserProtos.createUser(request));
        Replies.send(
                replies,
                CreateUserResponse.newBuilder()
                        .setUser(UserProtos.user(created.resource()))
                        .setReplayed(created.replayed())
                        .build());
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> replies) {
        User user = users.get(caller(), UserProtos.userId(request.getUserId()));
        Replies.send(
                replies,
                GetUserResponse.newBuilder().setUser(UserProtos.user(user)).build());
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> replies) {
        PageQuery query = pageTokens.query(caller(), request);
        UserProtos.ListUsers list = UserProtos.listUsers(request, query);
        Page<User> page = users.list(caller(), list.tenantId(), list.page());
        Replies.send(replies, UserProtos.users(page, query));
    }

    @Override
    public void updateUser(UpdateUserRequest request, StreamObserver<UpdateUserResponse> replies) {
        User user = users.update(caller(), UserProtos.updateUser(request));
        Replies.send(
                replies,
                UpdateUserResponse.newBuilder().setUser(UserProtos.user(user)).build());
    }

    @Override
    public void disableUser(DisableUserRequest request, StreamObserver<DisableUserResponse> replies) {
        User user = users.disable(caller(), UserProtos.userId(request.getUserId()), etag(request.getEtag()));
        Replies.send(
                replies,
                DisableUserResponse.newBuilder().setUser(UserProtos.user(user)).build());
    }

    @Override
    public void enableUser(EnableUserRequest request, StreamObserver<EnableUserResponse> replies) {
        User user = users.enable(caller(), UserProtos.userId(request.getUserId()), etag(request.getEtag()));
        Replies.send(
                replies,
                EnableUserResponse.newBuilder().setUser(UserProtos.user(user)).build());
    }

    @Override
    public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> replies) {
        users.delete(caller(), UserProtos.userId(request.getUserId()), etag(request.getEtag()));
        Replies.send(replies, DeleteUserResponse.getDefaultInstance());
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> replies) {
        Replies.send(replies, UserProtos.profile(users.profile(caller())));
    }
}
