package dev.errand.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.client.Rest;
import dev.errand.it.server.ServerProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** The handlers note when they begin and end. One node is killed meanwhile, and the others continue. */
    @Test
    @Order(6)
    void limitsHoldOverAllNodesAlsoWhenOneIsKilled() {
        List<String> ids = new ArrayList<>();
        List<String> inOrder = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Rest to = nodes.get(i % nodes.size()).rest();
            ids.add(to.send(sample("it.few", "x", 300)));
            ids.add(to.send(sample("it.paced", "x", 1)));
            inOrder.add(atLast.send(sample("it.serial", "key-" + i % 3, 20)));
        }
        AppClient.await(() -> !begins("it.few").isEmpty());
        AppClient.await(() -> database.select("SELECT 1 FROM errand_place WHERE limit_name = 'it.few' AND node = '"
                                + first.name() + "'")
                        .size()
                > 0);
        first.kill();
        long killedAt = System.currentTimeMillis();
        ids.addAll(inOrder);
        ids.forEach(id -> atLast.awaitState(id, "SUCCESS"));
        first.start();

        assertThat(mostAtOnce(samples("it.few"), killedAt)).isEqualTo(3);
        assertThat(mostAtOnce(samples("it.paced"), killedAt)).isLessThanOrEqualTo(2);
        for (int key = 0; key < 3; key++) {
            List<String> sent = ofKey(inOrder, key);
            assertThat(mostAtOnce(
                            samples("it.serial").stream()
                                    .filter(sample -> sent.contains(sample.id()))
                                    .toList(),
                            killedAt))
                    .isEqualTo(1);
        }
        for (int key = 0; key < 3; key++) {
            List<String> sent = ofKey(inOrder, key);
            assertThat(begins("it.serial").stream()
                            .map(Noted::id)
                            .filter(sent::contains)
                            .distinct())
                    .containsExactlyElementsOf(sent);
        }
        List<Noted> paced = begins("it.paced");
        for (int from = 0; from < paced.size(); from++) {
            for (int to = from; to < paced.size(); to++) {
                long window = paced.get(to).at() - paced.get(from).at();
                // a handler begins a moment after its permit
                assertThat(to - from + 1).as("starts in %d ms", window).isLessThanOrEqualTo((int)
                        (2 + 20 * (window + 500) / 1_000));
            }
        }
        assertThat(atLast.get("/limits").json().toString()).contains("it.few");
    }

    /** An entry of the ledger. */
    private record Noted(String id, boolean begin, long at) {}

    private static Map<String, Object> sample(String task, String key, long millis) {
        return Map.of("task", task, "argument", Map.of("key", key, "millis", millis));
    }

    private static List<String> ofKey(List<String> inOrder, int key) {
        return IntStream.range(0, inOrder.size())
                .filter(i -> i % 3 == key)
                .mapToObj(inOrder::get)
                .toList();
    }

    private static List<Noted> begins(String task) {
        return samples(task).stream().filter(Noted::begin).toList();
    }

    private static List<Noted> samples(String task) {
        return database.select("SELECT task || ' ' || note FROM it_ledger WHERE task LIKE '" + task + " %'").stream()
                .map(line -> line.split(" "))
                .map(words -> new Noted(words[1], words[2].equals("begin"), Long.parseLong(words[3])))
                .sorted(Comparator.comparing(Noted::at))
                .toList();
    }

    /** Returns how many ran at once at most. A run that has begun and not ended was that of the killed node. */
    private static int mostAtOnce(List<Noted> samples, long killedAt) {
        Set<String> running = new HashSet<>();
        Set<String> ofTheDead = samples.stream()
                .collect(Collectors.groupingBy(Noted::id, Collectors.filtering(Noted::begin, Collectors.counting())))
                .entrySet()
                .stream()
                .filter(task -> task.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        int most = 0;
        boolean killed = false;
        for (Noted sample : samples) {
            if (!killed && sample.at() >= killedAt) {
                killed = true;
                running.removeAll(ofTheDead);
            }
            if (sample.begin()) {
                running.add(sample.id());
            } else {
                running.remove(sample.id());
            }
            most = Math.max(most, running.size());
        }
        return most;
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
