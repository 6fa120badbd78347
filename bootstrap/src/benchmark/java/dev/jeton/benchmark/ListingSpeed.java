package dev.jeton.benchmark;

import static dev.jeton.benchmark.ResultTable.millis;

import dev.jeton.benchmark.DatabaseSpeed.Speed;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import java.util.UUID;

/** P6: the latency of a page near the start and near the end of a long list. */
final class ListingSpeed {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final int WARM_UP = 300;
    private static final int TIMES = 500;
    private static final double RATIO = 1.2;
    private static final double PAGES_OF_SQL = 3;

    private final TestBed bed;
    private final Api api;
    private final String tenant;

    ListingSpeed(TestBed bed) {
        this.bed = bed;
        api = bed.api();
        tenant = bed.tokens().ten().owner(0).tenantId().toString();
    }

    void measure() {
        int owned = bed.tokens().filled() / bed.tokens().ten().owners().size();
        int last = owned / PAGE;
        String lastToken = pageToken(last);
        Histogram near = new Histogram();
        Histogram far = new Histogram();
        CoreUse cores = bed.use(() -> {
            for (int i = 0; i < WARM_UP + TIMES; i++) {
                long first = nanos("");
                long other = nanos(lastToken);
                if (i >= WARM_UP) {
                    near.add(first);
                    far.add(other);
                }
            }
        });
        Speed sql = new References(bed).page(UUID.fromString(tenant), PAGE);
        double nearMillis = near.percentile(50) / 1e6;
        double farMillis = far.percentile(50) / 1e6;
        double slower = Math.max(nearMillis, farMillis);
        double apart = slower / Math.min(nearMillis, farMillis);
        double ratio = slower / sql.p50Millis();
        String what = "ListTokens, %d a page, page 1 and page %,d of %,d tokens, p50".formatted(PAGE, last, owned);
        String target = "within %s × of each other, ≤ %s × the page's SQL, %s"
                .formatted(RATIO, PAGES_OF_SQL, millis(sql.p50Millis()));
        String measured = millis(nearMillis) + " and " + millis(farMillis);
        boolean met = apart <= RATIO && ratio <= PAGES_OF_SQL;
        bed.table().add("P6", what, target, measured, cores.withOthersOf(sql.cores()), ratio, met);
    }

    /** Gets there in larger pages, since page tokens do not depend on the page size. */
    private String pageToken(int page) {
        String pageToken = "";
        for (int ahead = (page - 1) * PAGE; ahead > 0; ) {
            int size = Math.min(ahead, LARGEST_PAGE);
            ListTokensResponse answer = list(size, pageToken);
            pageToken = answer.getNextPageToken();
            if (answer.getTokensCount() != size || pageToken.isEmpty()) {
                throw new IllegalStateException("The list ends " + ahead + " tokens too early");
            }
            ahead -= size;
        }
        return pageToken;
    }

    private long nanos(String pageToken) {
        long began = System.nanoTime();
        int count = list(PAGE, pageToken).getTokensCount();
        long took = System.nanoTime() - began;
        if (count != PAGE) {
            throw new IllegalStateException("A page has " + count + " tokens");
        }
        return took;
    }

    private ListTokensResponse list(int size, String pageToken) {
        return api.tokens.listTokens(ListTokensRequest.newBuilder()
                .setTenantId(tenant)
                .setPageSize(size)
                .setPageToken(pageToken)
                .build());
    }
}
