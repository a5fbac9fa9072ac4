package dev.errand.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.server.ServerProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes or three (errand.it.nodes), each with the broker that its server brings. */
@Tag("harm")
class ClusterIT extends ClusterContract {
    private static final int WAITING = 1_500;

    /** In seconds: each node looks every ten what is due next. */
    private static final int UNTIL_ALL_HAVE_LOOKED = 12;

    @BeforeAll
    static void start() {
        List<ServerProcess> all = new ArrayList<>();
        for (int number = 1; number <= Integer.getInteger("errand.it.nodes", 2); number++) {
            all.add(ServerProcess.fresh("cluster-" + number, 18_000 + number * 1_000));
        }
        start("cluster", 15433, all);
    }

    /** The handlers wait for another system, so the processor does not limit them here. */
    @Test
    @Order(10)
    @Tag("chaos")
    void theMoreNodesTheMoreHandlersRunAtOnce() {
        for (int left = nodes.size(); left > 0; left--) {
            assertThat(mostAtOnce("left-" + left))
                    .isBetween(ServerProcess.SESSIONS * (left - 1) + 1, ServerProcess.SESSIONS * left);
            nodes.get(nodes.size() - left).stop();
        }
        nodes.forEach(ServerProcess::start);
    }

    private int mostAtOnce(String queue) {
        atLast.post(appAtLast.url() + "?task=it.scripted&step=sleep%20250&count=" + WAITING + "&queue=" + queue
                        + "&eta=" + Instant.now().plusSeconds(UNTIL_ALL_HAVE_LOOKED))
                .expect(200);
        String mine = " FROM errand_task WHERE queue = '" + queue + "'";
        AppClient.await(() -> database.select("SELECT 1" + mine + " AND state <> 'SUCCESS' LIMIT 1")
                .isEmpty());
        System.out.println(queue + ", tasks per second: "
                + database.select("SELECT COUNT(*) * 1000 / (MAX(finished_at) - MIN(started_at))" + mine));
        return Integer.parseInt(database.select("SELECT MAX(at_once) FROM (SELECT SUM(step) OVER (ORDER BY time, step)"
                        + " AS at_once FROM (SELECT started_at AS time, 1 AS step" + mine
                        + " UNION ALL SELECT finished_at, -1" + mine + ") AS steps) AS sums")
                .get(0));
    }
}
