package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskState;
import dev.errand.store.TaskTransitions.Changes;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expiry of tasks that wait for too long. */
interface ExpiryContract extends StoreSteps {
    default TaskRecord expiring(String id, String queue, long dueAt, long expiresAt) {
        return new TaskRecord(id, "t.t", queue, 4, null, "key-" + id, null, NOW, dueAt, expiresAt);
    }

    default ExpiredRecords expired(EntityManager em) {
        return with(em, new ExpiredRecords());
    }

    default OptionalLong firstExpiry(long after) {
        return database().in(em -> expired(em).firstAfter(after));
    }

    default List<String> expire(long now) {
        return database()
                .in(em -> expired(em).lock(now, 10).stream()
                        .peek(record -> expired(em).expire(record, now))
                        .map(TaskRecord::id)
                        .sorted()
                        .toList());
    }

    @Test
    default void aWaitingTaskExpiresInTimeInEachStateAndSaysSo() {
        database().run(em -> with(em, new QueueRecords()).add("held", NOW));
        database().run(em -> with(em, new QueueRecords()).pause("held", true, "ann", NOW));
        insert(
                expiring("eta", "default", NOW + 900, NOW + 50),
                expiring("held", "held", NOW, NOW + 51),
                expiring("parked", "default", NOW, NOW + 52),
                expiring("retry", "default", NOW, NOW + 53),
                expiring("runs", "default", NOW, NOW + 54),
                expiring("over", "default", NOW, NOW + 40),
                expiring("in time", "default", NOW, NOW + 99),
                task("never", 4, NOW));
        database().run(em -> {
            transitions(em).park(lock(em, "parked"), NOW);
            transitions(em).retry(ended("retry", 1), ERROR, NOW + 900, Changes.NONE);
            transitions(em).start(lock(em, "runs"), "node-1", NOW, NOW + 900);
            transitions(em).end(ended("over", 1), TaskState.SUCCESS, null, null);
        });

        assertThat(firstExpiry(Long.MIN_VALUE)).hasValue(NOW + 50);
        assertThat(expire(NOW + 49)).isEmpty();
        assertThat(firstExpiry(NOW + 50)).hasValue(NOW + 51);
        assertThat(expire(NOW + 60)).containsExactly("eta", "held", "parked", "retry");
        assertThat(expire(NOW + 60)).isEmpty();
        assertThat(firstExpiry(NOW + 60)).hasValue(NOW + 99);
        assertThat(firstExpiry(NOW + 99)).isEmpty();
        for (String id : List.of("eta", "held", "parked", "retry")) {
            assertThat(find(id).state()).isEqualTo(TaskState.REVOKED);
            assertThat(find(id).audit()).last().isEqualTo(audit(NOW + 60, null, AuditAction.EXPIRE));
            database()
                    .run(em ->
                            assertThat(holderOf(em, "key-" + id)).as("is free").isEmpty());
        }
        database().run(em -> assertThat(holderOf(em, "key-runs")).isPresent());
    }

    @Test
    default void aTaskThatIsParkedForTooLongIsRevokedAndSaysSo() {
        insert(task("late", 4, NOW), task("early", 4, NOW), task("again", 4, NOW), task("waits", 4, NOW));
        database().run(em -> {
            transitions(em).park(lock(em, "late"), NOW + 60);
            transitions(em).park(lock(em, "early"), NOW + 50);
            transitions(em).park(lock(em, "again"), NOW + 50);
            transitions(em).unpark(List.of(lock(em, "again")), "", NOW + 55);
        });
        TaskRecord sent = task("sent", 4, NOW + 900);
        sent.park();
        insert(sent);

        assertThat(expireParked(NOW - 1)).isEmpty();
        assertThat(expireParked(NOW + 55)).containsExactly("early", "sent");
        assertThat(expireParked(NOW + 55)).isEmpty();
        assertThat(find("early").state()).isEqualTo(TaskState.REVOKED);
        assertThat(find("early").audit()).last().isEqualTo(audit(NOW + 55, null, AuditAction.EXPIRE));
        assertThat(find("late").state()).isEqualTo(TaskState.PARKED);
        assertThat(find("again").state()).isEqualTo(TaskState.PENDING);
    }

    private List<String> expireParked(long before) {
        return database()
                .in(em -> expired(em).lockParked(before, 10).stream()
                        .peek(record -> expired(em).expire(record, before))
                        .map(TaskRecord::id)
                        .sorted()
                        .toList());
    }

    @Test
    default void aTaskThatRunsAtItsExpiryContinues() {
        insert(expiring("a", "default", NOW, NOW + 50));
        try (Database.Tx run = database().begin()) {
            assertThat(locks(run.em).claim("a", 1)).isPresent();
            assertThat(expire(NOW + 60)).isEmpty();
            transitions(run.em).end(ended(1), TaskState.SUCCESS, null, null);
            run.commit();
        }
        assertThat(find("a").state()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    default void aLookForExpiredTasksReadsAndLocksNoMoreThanItTakes() {
        insertMany();
        database()
                .run(em -> em.createNativeQuery(
                                "UPDATE errand_task SET expires_at = created_at + 1 WHERE state = 'SUCCESS'")
                        .executeUpdate());
        insert(IntStream.range(0, 20)
                .mapToObj(i -> expiring("e" + i, "default", NOW + 900, NOW + i))
                .toArray(TaskRecord[]::new));
        try (Database.Tx look = database().begin();
                Database.Tx others = database().begin()) {
            long before = entriesRead(look.em);
            assertThat(expired(look.em).firstAfter(NOW)).hasValue(NOW + 1);
            assertThat(expired(look.em).lock(NOW + 900, 10)).hasSize(10);
            assertThat(entriesRead(look.em) - before).isLessThan(1_000);
            assertThat(expired(others.em).lock(NOW + 900, 100)).as("not locked").hasSize(10);
        }
    }
}
