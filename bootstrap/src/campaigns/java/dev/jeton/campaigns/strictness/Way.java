package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.Verdict;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A way to make a verification be answered otherwise, and back. */
enum Way {
    CANCELLED(Verdict.VERDICT_CANCELLED) {
        @Override
        void take(Api by, Subject subject) {
            by.cancel(subject.changed());
        }

        @Override
        void give(Api by, Subject subject) {
            by.reactivate(subject.changed());
        }
    },
    USER_DISABLED(Verdict.VERDICT_USER_DISABLED) {
        @Override
        void take(Api by, Subject subject) {
            by.disableUser(subject.owner());
        }

        @Override
        void give(Api by, Subject subject) {
            by.enableUser(subject.owner());
        }
    },
    REASSIGNED(Verdict.VERDICT_WORKLOAD_NOT_ALLOWED) {
        @Override
        void take(Api by, Subject subject) {
            by.assign(subject.changed(), subject.spare());
        }

        @Override
        void give(Api by, Subject subject) {
            by.assign(subject.changed(), subject.assigned());
        }
    },
    NARROWED(Verdict.VERDICT_SCOPE_NOT_GRANTED) {
        @Override
        void take(Api by, Subject subject) {
            by.setScopes(subject.changed(), Subject.SCOPES.subList(0, 1));
        }

        @Override
        void give(Api by, Subject subject) {
            by.setScopes(subject.changed(), Subject.SCOPES);
        }
    },
    WORKLOAD_DISABLED(Verdict.VERDICT_WORKLOAD_DISABLED) {
        @Override
        void take(Api by, Subject subject) {
            by.disableWorkload(subject.assigned());
        }

        @Override
        void give(Api by, Subject subject) {
            by.enableWorkload(subject.assigned());
        }
    },
    /** Counts as acknowledged when the time has come. */
    SHORTENED(Verdict.VERDICT_EXPIRED) {
        @Override
        void take(Api by, Subject subject) {
            Instant end = expire(by, subject);
            while (Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.between(Instant.now(), end).toNanos());
            }
        }

        /** A time that is past when the call arrives is refused; a busy machine needs a later one. */
        private Instant expire(Api by, Subject subject) {
            Duration soon = SOON;
            while (true) {
                Instant end = Instant.now().plus(soon);
                try {
                    by.setExpireTime(subject.changed(), end);
                    return end;
                } catch (StatusRuntimeException refused) {
                    if (refused.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                        throw refused;
                    }
                    soon = soon.multipliedBy(2);
                }
            }
        }

        @Override
        void give(Api by, Subject subject) {
            by.setNeverExpires(subject.changed());
        }
    },
    TENANT_SUSPENDED(Verdict.VERDICT_TENANT_SUSPENDED) {
        @Override
        Subject subject(Api by, String tenantId, String caller) {
            return Subject.token(by, by.tenant(Subject.bound()).getId(), caller);
        }

        @Override
        void take(Api by, Subject subject) {
            by.suspend(subject.tenantId());
        }

        @Override
        void give(Api by, Subject subject) {
            by.resume(subject.tenantId());
        }
    },
    WORKLOAD_REQUIRED(Verdict.VERDICT_UNASSIGNED) {
        @Override
        Subject subject(Api by, String tenantId, String caller) {
            return Subject.unassigned(by, caller);
        }

        @Override
        void take(Api by, Subject subject) {
            TokenPolicy.Builder policy = Subject.bound().toBuilder();
            policy.getWorkloadRuleBuilder().setRequiredForUse(true);
            by.setPolicy(subject.tenantId(), policy.build());
        }

        @Override
        void give(Api by, Subject subject) {
            by.setPolicy(subject.tenantId(), Subject.bound());
        }
    },
    GATEWAY_NARROWED(Status.Code.PERMISSION_DENIED) {
        @Override
        Subject subject(Api by, String tenantId, String caller) {
            return Subject.gateway(by, tenantId);
        }

        @Override
        void take(Api by, Subject subject) {
            by.setScopes(subject.changed(), Subject.SCOPES);
        }

        @Override
        void give(Api by, Subject subject) {
            by.setScopes(subject.changed(), Subject.GATEWAY_SCOPES);
        }
    },
    GATEWAY_DISABLED(Status.Code.UNAUTHENTICATED) {
        @Override
        Subject subject(Api by, String tenantId, String caller) {
            return Subject.gateway(by, tenantId);
        }

        @Override
        void take(Api by, Subject subject) {
            by.disableUser(subject.owner());
        }

        @Override
        void give(Api by, Subject subject) {
            by.enableUser(subject.owner());
        }
    };

    private static final Duration SOON = Duration.ofMillis(40);
    private static final List<Way> OF_CALLERS = List.of(GATEWAY_NARROWED, GATEWAY_DISABLED);

    /** What is answered as long as it is taken. */
    final Answer denial;

    Way(Verdict denial) {
        this.denial = Answer.of(denial);
    }

    Way(Status.Code denial) {
        this.denial = Answer.of(denial);
    }

    /**
     * Something that can be changed in this way, and is allowed now.
     *
     * @param tenantId of others too, and so never changed itself
     * @param caller the secret of a gateway that may ask about every tenant
     */
    Subject subject(Api by, String tenantId, String caller) {
        return Subject.token(by, tenantId, caller);
    }

    abstract void take(Api by, Subject subject);

    abstract void give(Api by, Subject subject);

    /** What is answered when the changed token is deleted. */
    Answer end() {
        return OF_CALLERS.contains(this)
                ? Answer.of(Status.Code.UNAUTHENTICATED)
                : Answer.of(Verdict.VERDICT_NOT_FOUND);
    }
}
