package dev.jeton.benchmark.inside;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.HashKey;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.LiveSecret;
import dev.jeton.domain.verification.SecretId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.verification.VerificationDemand;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadState;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of verifying a presented secret. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerificationSteps {
    private static final int SECRETS = 1 << 10;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SecretHasher hasher = new SecretHasher();
    private final SecretHasher keyedHasher = new SecretHasher(List.of(key()));
    private final String[] secrets = new String[SECRETS];
    private final PresentedToken[] presented = new PresentedToken[SECRETS];
    private final SecretDigest[] digests = new SecretDigest[SECRETS];
    private final SecretDigest[] keyedDigests = new SecretDigest[SECRETS];
    private final TokenFacts[] facts = new TokenFacts[SECRETS];
    private final WorkloadId workload = new WorkloadId(new UUID(3, 3));
    private final VerificationDemand demand = VerificationDemand.of(null, workload, Scopes.of(new Scope("inference")));
    private int next;

    @Setup
    public void createSecrets() {
        SecureRandom random = new SecureRandom();
        TenantId tenant = new TenantId(new UUID(1, 1));
        for (int i = 0; i < SECRETS; i++) {
            TokenSecret secret = TokenSecret.generate(tenant, new TokenId(UUID.randomUUID()), random);
            secrets[i] = secret.revealSecret();
            presented[i] = PresentedToken.parse(secrets[i]).orElseThrow();
            digests[i] = hasher.digest(secret);
            keyedDigests[i] = keyedHasher.digest(secret);
            facts[i] = facts(presented[i], digests[i]);
        }
    }

    /** Checks format and checksum, and parses the two ids. */
    @Benchmark
    public Optional<PresentedToken> parse() {
        return PresentedToken.parse(secrets[turn()]);
    }

    /** Compares the SHA-256 of the secret with the stored digest. */
    @Benchmark
    public boolean hashAndCompare() {
        int turn = turn();
        return hasher.matches(presented[turn], digests[turn]);
    }

    /** The same with HMAC-SHA-256, for servers with a key. */
    @Benchmark
    public boolean keyedHashAndCompare() {
        int turn = turn();
        return keyedHasher.matches(presented[turn], keyedDigests[turn]);
    }

    /** The whole decision for a workload and a scope, with hashing. */
    @Benchmark
    public Verification evaluate() {
        int turn = turn();
        LiveSecret secret = facts[turn].match(presented[turn], demand, hasher, NOW);
        return secret == null ? Verification.Unknown.NOT_FOUND : facts[turn].verify(demand, WorkloadState.ACTIVE, NOW);
    }

    private static HashKey key() {
        byte[] bytes = new byte[HashKey.MIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new HashKey("key", bytes);
    }

    private int turn() {
        next = next + 1 & SECRETS - 1;
        return next;
    }

    private TokenFacts facts(PresentedToken token, SecretDigest digest) {
        return new TokenFacts(
                new VerifiedToken(
                        token.tenantId(),
                        token.tokenId(),
                        new UserId(new UUID(2, 2)),
                        Role.MEMBER,
                        false,
                        new TreeSet<>(Set.of(workload)),
                        Scopes.of(new Scope("inference"), new Scope("embedding")),
                        Expiry.at(NOW.plusSeconds(60))),
                List.of(new LiveSecret(SecretId.ofFirst(token.tokenId()), digest, Expiry.NEVER)),
                TenantState.ACTIVE,
                true,
                UserState.ACTIVE,
                false);
    }
}
