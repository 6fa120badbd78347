package dev.jeton.benchmark;

import static dev.jeton.benchmark.Results.millis;
import static dev.jeton.benchmark.Results.ratio;

import dev.jeton.benchmark.Results.Met;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;

/** P6: what a page of a long list costs, near its beginning and near its end. */
final class ListLines {
    private static final int PAGE = 100;
    private static final int STRIDE = 1_000;
    private static final int WARM_UP = 300;
    private static final int TIMES = 500;
    private static final double RATIO = 1.2;
    private static final double MILLIS = 5;

    private final Bench bench;
    private final TokenServiceBlockingStub tokens;
    private final String tenant;

    ListLines(Bench bench) {
        this.bench = bench;
        JetonServer server = bench.scene().server();
        tokens = TokenServiceGrpc.newBlockingStub(server.as(server.operatorToken()));
        TenantId first = bench.tokens().ten().owner(0).tenantId();
        tenant = first.value().toString();
    }

    void measure() {
        int owned = bench.tokens().filled() / bench.tokens().ten().owners().size();
        int last = owned / PAGE;
        String pageToken = pageToken(last);
        Histogram near = new Histogram();
        Histogram far = new Histogram();
        for (int i = 0; i < WARM_UP + TIMES; i++) {
            long first = time("");
            long other = time(pageToken);
            if (i >= WARM_UP) {
                near.add(first);
                far.add(other);
            }
        }
        double nearMillis = near.percentile(50) / 1e6;
        double farMillis = far.percentile(50) / 1e6;
        double ratio = Math.max(nearMillis, farMillis) / Math.min(nearMillis, farMillis);
        bench.results()
                .add(
                        "P6",
                        "ListTokens, %d a page, page 1 and page %,d of %,d tokens, p50".formatted(PAGE, last, owned),
                        "within %s × of each other, ≤ %s".formatted(RATIO, millis(MILLIS)),
                        millis(nearMillis) + " and " + millis(farMillis),
                        ratio(ratio),
                        Met.when(ratio <= RATIO && Math.max(nearMillis, farMillis) <= MILLIS));
    }

    /** Walks there in great strides: a page token does not care for the size of the pages. */
    private String pageToken(int page) {
        int ahead = (page - 1) * PAGE;
        String pageToken = "";
        while (ahead > 0) {
            int stride = Math.min(ahead, STRIDE);
            ListTokensResponse answer = tokens.listTokens(request(stride, pageToken));
            if (answer.getTokensCount() != stride || answer.getNextPageToken().isEmpty()) {
                throw new IllegalStateException("The list ends " + ahead + " tokens too early");
            }
            pageToken = answer.getNextPageToken();
            ahead -= stride;
        }
        return pageToken;
    }

    private long time(String pageToken) {
        ListTokensRequest request = request(PAGE, pageToken);
        long began = System.nanoTime();
        int count = tokens.listTokens(request).getTokensCount();
        long took = System.nanoTime() - began;
        if (count != PAGE) {
            throw new IllegalStateException("A page has " + count + " tokens");
        }
        return took;
    }

    private ListTokensRequest request(int size, String pageToken) {
        return ListTokensRequest.newBuilder()
                .setTenantId(tenant)
                .setPageSize(size)
                .setPageToken(pageToken)
                .build();
    }
}
