package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.store.view.ListPage;
import dev.errand.store.view.PageCursor;
import dev.errand.store.view.ShortWalk;
import dev.errand.store.view.TaskQueries;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** However many tasks there are, a list, a start of a node and its beat read few of them. */
abstract class IndexContract extends NodeContract {
    private static final long NOW = 1_000_000;
    private static final int MANY = 1 << 15;
    /** Databases count the rows of subqueries, too; and PostgreSQL reads some more where that is cheaper than an index. */
    private static final int FEW = 5_000;

    /** Of the tasks that a page looks at for a task or a queue. */
    private static final int MOST_READ = 300;

    /** Half of them wait, the others are finished; and five of each other kind. */
    private void fillTheTable() throws Exception {
        write("w", "many", "many", "PENDING", null, NOW);
        write("o", "many", "many", "SUCCESS", "node-1", NOW);
        for (int times = 1; times < MANY / 2; times *= 2) {
            int next = times;
            database()
                    .run(em -> em.createNativeQuery("INSERT INTO errand_task (id, task, queue, state, priority, run,"
                                    + " retries, crashes, wake_at, due_at, created_at, node) SELECT CONCAT(id, '-"
                                    + next
                                    + "'), task, queue, state, priority, run, retries, crashes, wake_at, due_at,"
                                    + " created_at + " + next + ", node FROM errand_task")
                            .executeUpdate());
        }
        for (int i = 0; i < 5; i++) {
            write("failed-" + i, "many", "many", "FAILURE", "node-1", NOW + i);
            write("task-" + i, "few", "many", "SUCCESS", "node-1", NOW + i);
            write("queue-" + i, "many", "few", "PENDING", "node-1", NOW + i);
            write("parked-" + i, "many", "many", "PARKED", null, NOW + i);
        }
        awaitStatistics();
    }

    private void write(String id, String task, String queue, String state, String node, long createdAt) {
        String wakeAt = state.equals("PENDING") ? Long.toString(NOW) : "NULL";
        database()
                .run(em -> em.createNativeQuery("INSERT INTO errand_task (id, task, queue, state, priority, run,"
                                + " retries, crashes, wake_at, due_at, created_at, node) VALUES ('" + id + "', '" + task
                                + "', '" + queue + "', '" + state + "', 4, 1, 0, 0, " + wakeAt + ", " + NOW + ", "
                                + createdAt + ", " + (node == null ? "NULL" : "'" + node + "'") + ")")
                        .executeUpdate());
    }

    private static List<TaskFilter> filters() {
        List<TaskFilter> filters = new ArrayList<>();
        List<TaskState> states = new ArrayList<>(List.of(TaskState.values()));
        states.add(null);
        for (TaskState state : states) {
            for (String task : new String[] {null, "many", "few", "none"}) {
                for (String queue : new String[] {null, "many", "few", "none"}) {
                    filters.add(TaskFilter.all().state(state).task(task).queue(queue));
                }
            }
        }
        return filters;
    }

    private static TaskQueries queries(EntityManager em) {
        return ShortWalk.of(with(em, new TaskQueries()), MOST_READ);
    }

    @Test
    void aListReadsFewTasksWithAnyFilter() throws Exception {
        fillTheTable();
        Map<String, Long> tooMany = new TreeMap<>();
        long[] all = {0};
        for (PageCursor cursor : new PageCursor[] {null, new PageCursor(NOW + MANY / 4, "w")}) {
            for (TaskFilter filter : filters()) {
                database().run(em -> {
                    long before = entriesRead(em);
                    queries(em).list(filter, cursor);
                    long read = entriesRead(em) - before;
                    all[0] += read;
                    if (read > FEW) {
                        tooMany.put(filter + " " + cursor, read);
                    }
                });
            }
        }
        assertThat(tooMany).isEmpty();
        assertThat(all[0]).as("the database counts").isGreaterThan(FEW);
    }

    /** Few tasks have the name and the queue, between many that have one of them, and sixteen of each time. */
    private void insertNeedles() throws Exception {
        fillTheTable();
        database().run(em -> {
            em.createNativeQuery("UPDATE errand_task SET task = 'other', queue = 'needle' WHERE id LIKE '_-1-%'")
                    .executeUpdate();
            em.createNativeQuery(
                            "UPDATE errand_task SET created_at = " + NOW + " + FLOOR((created_at - " + NOW + ") / 8)")
                    .executeUpdate();
        });
        for (int i = 0; i < 40; i++) {
            write("needle-" + i, "many", "needle", i % 3 == 0 ? "FAILURE" : "PENDING", null, NOW + i / 2 * 100);
        }
        awaitStatistics();
    }

    @Test
    void pagesOfATaskInAQueueHaveEachTaskOnceAndReadFew() throws Exception {
        insertNeedles();
        for (TaskState state : new TaskState[] {null, TaskState.PENDING}) {
            TaskFilter filter = TaskFilter.all().queue("needle").state(state);
            assertThat(walk(filter.task("many").limit(3))).as("in " + state).isEqualTo(needles("many", state));
            assertThat(walk(filter.task("other").limit(50))).as("in " + state).isEqualTo(needles("other", state));
        }
        assertThat(walk(TaskFilter.all().task("none").state(TaskState.SUCCESS))).isEmpty();
    }

    private List<String> walk(TaskFilter filter) {
        List<String> seen = new ArrayList<>();
        PageCursor[] next = {null};
        do {
            database().run(em -> {
                long before = entriesRead(em);
                ListPage page = queries(em).list(filter, next[0]);
                assertThat(entriesRead(em) - before).as("read for " + filter).isLessThan(FEW);
                assertThat(page.rows()).hasSizeLessThanOrEqualTo(filter.limit());
                assertThat(page.next()).isNotEqualTo(next[0] == null ? "" : next[0]);
                page.rows().forEach(row -> seen.add(row.task().id()));
                next[0] = page.next();
            });
        } while (next[0] != null);
        return seen;
    }

    private List<String> needles(String task, TaskState state) {
        return database().in(em -> {
            List<?> ids = em.createNativeQuery(
                            "SELECT id FROM errand_task WHERE task = '" + task + "' AND queue = 'needle'"
                                    + (state == null ? "" : " AND state = '" + state + "'")
                                    + " ORDER BY created_at DESC, id DESC")
                    .getResultList();
            return ids.stream().map(Object::toString).toList();
        });
    }

    @Test
    void aListOfAllStatesIsNewestFirst() throws Exception {
        fillTheTable();
        write("newest", "few", "few", "RETRY", null, NOW + MANY);

        database()
                .run(em -> assertThat(queries(em)
                                .list(TaskFilter.all().limit(2), null)
                                .rows())
                        .hasSize(2)
                        .first()
                        .extracting(row -> row.task().id())
                        .isEqualTo("newest"));
        assertThat(walk(TaskFilter.all().task("few")))
                .containsExactly("newest", "task-4", "task-3", "task-2", "task-1", "task-0");
        assertThat(walk(TaskFilter.all().queue("few")))
                .containsExactly("newest", "queue-4", "queue-3", "queue-2", "queue-1", "queue-0");
        assertThat(walk(TaskFilter.all().task("few").queue("few"))).containsExactly("newest");
    }

    @Test
    void aNodeFindsItsTasksByItsName() throws Exception {
        fillTheTable();
        database().run(em -> {
            long before = entriesRead(em);
            assertThat(with(em, new DueRecords()).lockHeldBy("node-1", NOW, 100))
                    .hasSize(5);
            assertThat(entriesRead(em) - before).isLessThan(FEW);
        });
    }

    @Test
    void parkedTasksOfOtherHandlersAreNotRead() throws Exception {
        fillTheTable();
        database()
                .run(em -> em.createNativeQuery(
                                "UPDATE errand_task SET state = 'PARKED', wake_at = NULL, task = 'alien'"
                                        + " WHERE state = 'PENDING'")
                        .executeUpdate());
        awaitStatistics();
        database().run(em -> {
            DueRecords due = with(em, new DueRecords());
            long before = entriesRead(em);
            assertThat(due.parked(List.of("few", "many", "none"))).containsExactly("many");
            assertThat(due.parked(1)).containsExactly("alien");
            assertThat(due.parked(9)).containsExactly("alien", "many");
            assertThat(due.lockParked("many", 500)).hasSize(5);
            assertThat(due.lockParked("few", 500)).isEmpty();
            assertThat(entriesRead(em) - before).isLessThan(FEW);
        });
    }
}
