package dev.errand.store;

import static dev.errand.store.Database.with;

import dev.errand.api.AuditAction;
import dev.errand.api.HistoryPage;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.view.TaskHistory;
import dev.errand.store.view.TaskInfos;
import dev.errand.store.view.TaskQueries;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps that the tests of the store have in common. */
interface StoreSteps {
    Database database();

    /** Returns how many tasks, or entries of their indexes, this connection has read. */
    long entriesRead(EntityManager em);

    /** Brings statistics up to date where a plan needs those that the database makes by itself in a while. */
    default void awaitStatistics() throws Exception {}

    long NOW = 1_000_000;

    ErrorText ERROR = new ErrorText("java.lang.IllegalStateException", "no\0pe", "trace");

    default TaskRecord task(String id, int priority, long dueAt) {
        TaskRecord task = new TaskRecord(
                id, "example.echo", "default", priority, null, null, "\"hello ü \\u0000 😀\"", NOW, dueAt, null);
        task.sentBy("ann");
        return task;
    }

    default void insert(TaskRecord... records) {
        database().run(em -> transitions(em).insert(List.of(records)));
    }

    default TaskRecords records(EntityManager em) {
        return with(em, new TaskRecords());
    }

    default Optional<String> holderOf(EntityManager em, String key) {
        return with(em, new KeyHolders()).ofKey(key, NOW).map(KeyHolders.Holder::id);
    }

    default TaskTransitions transitions(EntityManager em) {
        return with(em, new TaskTransitions());
    }

    default TaskLocks locks(EntityManager em) {
        return with(em, new TaskLocks());
    }

    default TaskInfo find(String id) {
        return find(id, HistoryPage.newest());
    }

    default TaskInfo find(String id, HistoryPage page) {
        return database().in(em -> {
            TaskHistory history = with(em, new TaskHistory());
            return with(em, new TaskQueries())
                    .find(id)
                    .map(row -> TaskInfos.whole(row, Set.of(), 3, history.of(row, page)))
                    .orElse(null);
        });
    }

    default Ended ended(int run) {
        return ended("a", run);
    }

    default Ended ended(String id, int run) {
        return new Ended(id, run, "node-1", NOW + 1, NOW + 5, new TaskInfo.Progress(3, 4, "nearly"));
    }

    default DueRecords due(EntityManager em) {
        return with(em, new DueRecords());
    }

    default Long wakeAt(String id) {
        return database().in(em -> records(em).lock(id).orElseThrow().wakeAt);
    }

    /** The number of due tasks, and of finished ones. */
    int MANY = 65_536;

    default void insertMany() {
        insert(task("w", 4, NOW), task("o", 4, NOW));
        database().run(em -> transitions(em).end(ended("o", 1), TaskState.SUCCESS, null, null));
        for (int times = 1; times < MANY; times *= 2) {
            String next = Integer.toString(times);
            database()
                    .run(em -> em.createNativeQuery("INSERT INTO errand_task (id, task, queue, state, priority, run,"
                                    + " retries, crashes, wake_at, due_at, created_at, argument) SELECT CONCAT(id, '-"
                                    + next + "'), task, queue, state, priority, run, retries, crashes, wake_at + "
                                    + next
                                    + ", due_at, created_at, argument FROM errand_task")
                            .executeUpdate());
        }
    }

    default List<String> list(TaskFilter filter) {
        return database()
                .in(em -> with(em, new TaskQueries()).list(filter, null).rows().stream()
                        .map(row -> row.task().id())
                        .toList());
    }

    default TaskInfo.Audit audit(long at, String by, AuditAction action) {
        return new TaskInfo.Audit(Instant.ofEpochMilli(at), by, action);
    }

    default long rows(String table) {
        return database()
                .in(em -> ((Number) em.createNativeQuery("SELECT COUNT(*) FROM " + table)
                                .getSingleResult())
                        .longValue());
    }

    default ControlRecords control(EntityManager em) {
        return with(em, new ControlRecords());
    }

    default TaskRecord lock(EntityManager em, String id) {
        return records(em).lock(id).orElseThrow();
    }
}
