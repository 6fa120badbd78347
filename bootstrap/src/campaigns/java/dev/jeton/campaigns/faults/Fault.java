package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Proxy;
import dev.jeton.v1.User;
import java.util.List;

/** What can happen to a site. Each says how it begins, and hands out how it ends. */
enum Fault {
    SERVER_KILLED(Lasts.A_MOMENT) {
        @Override
        End begin(Site site, List<User> owners) {
            site.killServer(0);
            return () -> site.restartServer(0);
        }
    },
    DATABASE_KILLED(Lasts.A_MOMENT) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            site.store().signal("KILL");
            return site.store()::restart;
        }
    },
    DATABASE_STOPPED(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            site.store().signal("STOP");
            return () -> site.store().signal("CONT");
        }
    },
    OUT_OF_CONNECTIONS(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            return Eater.of(site)::end;
        }
    },
    TABLE_LOCKED(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            return Lock.take(site.store(), "LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE");
        }
    },
    /** The rows of one tenant; the others go on. */
    TENANT_LOCKED(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            return Lock.take(
                    site.store(),
                    "SELECT FROM tenants JOIN tenant_positions USING (tenant_id) WHERE tenant_id = '%s' FOR UPDATE"
                            .formatted(owners.get(0).getTenantId()));
        }
    },
    SILENT(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) {
            return wire(site, Proxy.Quality.SILENT);
        }
    },
    DRIPPING(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) {
            return wire(site, Proxy.Quality.DRIPPING);
        }
    },
    LATE(Lasts.A_MOMENT) {
        @Override
        End begin(Site site, List<User> owners) {
            return wire(site, Proxy.Quality.LATE);
        }
    },
    RESET(Lasts.A_MOMENT) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            site.wire().reset();
            return site.wire()::reset;
        }
    },
    COMMITS_CUT(Lasts.UNTIL_CUT) {
        @Override
        End begin(Site site, List<User> owners) {
            return wire(site, Proxy.Quality.CUTTING);
        }
    },
    /** Only for a PostgreSQL that has a small file system for itself. */
    DISK_FULL(Lasts.UNTIL_REFUSED) {
        @Override
        End begin(Site site, List<User> owners) throws Exception {
            return Filler.fill(site.store())::remove;
        }
    };

    final Lasts lasts;

    Fault(Lasts lasts) {
        this.lasts = lasts;
    }

    /** When it has gone on for long enough. */
    enum Lasts {
        A_MOMENT,
        /** All clients were refused twice, as often as those would not be who had to wait for its end. */
        UNTIL_REFUSED,
        /** As many commits were cut as wanted. */
        UNTIL_CUT
    }

    /** Puts an end to it. */
    interface End {
        void come() throws Exception;
    }

    boolean isKill() {
        return this == SERVER_KILLED || this == DATABASE_KILLED;
    }

    /** @param owners of the tokens that are in use */
    abstract End begin(Site site, List<User> owners) throws Exception;

    private static End wire(Site site, Proxy.Quality quality) {
        site.wire().become(quality);
        return () -> site.wire().become(Proxy.Quality.GOOD);
    }
}
