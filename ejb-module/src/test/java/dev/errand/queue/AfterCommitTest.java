package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.queue.Outbox.Committed;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AfterCommitTest {
    private static final TaskMessage FIRST = new TaskMessage("first", 1, "example.echo", 4, 2_000_000);
    private static final TaskMessage SECOND = new TaskMessage("second", 1, "example.echo", 4, 2_000_000);

    private final Outbox outbox = new Outbox();
    private final InFlight inFlight = new InFlight();
    private final List<Long> requests = new ArrayList<>();
    private final List<Synchronization> registered = new ArrayList<>();
    private final AfterCommit afterCommit = new AfterCommit();

    @BeforeEach
    void wire() throws ReflectiveOperationException {
        inFlight.clock = new SettableClock();
        inFlight.sweep = new SweepTrigger() {
            @Override
            public void request(long at) {
                requests.add(at);
            }
        };
        set("outbox", outbox);
        set("inFlight", inFlight);
        set("transaction", transaction());
    }

    private void set(String name, Object value) throws ReflectiveOperationException {
        Field field = AfterCommit.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(afterCommit, value);
    }

    /** A transaction with its resources, as the container has one for each. */
    private TransactionSynchronizationRegistry transaction() {
        Map<Object, Object> resources = new HashMap<>();
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getResource" -> resources.get(args[0]);
                    case "putResource" -> resources.put(args[0], args[1]);
                    case "registerInterposedSynchronization" -> registered.add((Synchronization) args[0]);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private void end(int status) {
        registered.forEach(Synchronization::beforeCompletion);
        registered.forEach(synchronization -> synchronization.afterCompletion(status));
    }

    @Test
    void nothingGoesOutBeforeTheCommitAndAllAtOnceAfterIt() throws InterruptedException {
        afterCommit.publish(List.of(FIRST), null);
        afterCommit.publish(List.of(SECOND), 70L);
        afterCommit.publish(List.of(), 50L);
        afterCommit.publish(List.of(), 60L);
        outbox.add(List.of(), 1L);

        end(Status.STATUS_COMMITTED);

        assertThat(registered).hasSize(1);
        assertThat(outbox.take())
                .containsExactly(new Committed(List.of(), 1L), new Committed(List.of(FIRST, SECOND), 50L));
    }

    @Test
    void afterARollbackNothingGoesOutAndThePlacesAreFree() throws InterruptedException {
        inFlight.reserve("first", Integer.MAX_VALUE, 2_000_000);
        afterCommit.publish(List.of(FIRST), 50L);

        end(Status.STATUS_ROLLEDBACK);

        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
        outbox.add(List.of(), 1L);
        assertThat(outbox.take()).containsExactly(new Committed(List.of(), 1L));
    }

    @Test
    void aLineIsSaidOnlyAfterTheCommit() throws InterruptedException {
        List<String> said = new ArrayList<>();
        afterCommit.then(() -> said.add("revoked"));
        assertThat(said).isEmpty();

        end(Status.STATUS_COMMITTED);

        assertThat(said).containsExactly("revoked");
        outbox.add(List.of(), 1L);
        assertThat(outbox.take()).as("nothing is published for it").containsExactly(new Committed(List.of(), 1L));
    }

    @Test
    void afterARollbackNoLineIsSaid() {
        List<String> said = new ArrayList<>();
        afterCommit.then(() -> said.add("revoked"));

        end(Status.STATUS_ROLLEDBACK);

        assertThat(said).isEmpty();
    }

    /** The sweep begins a transaction, which no server allows in afterCompletion. */
    @Test
    void aRollbackDoesNotSweepOnTheCallersThread() {
        inFlight.reserve("first", Integer.MAX_VALUE, 2_000_000);
        inFlight.backlog(true);
        afterCommit.publish(List.of(FIRST), null);

        end(Status.STATUS_ROLLEDBACK);

        assertThat(requests).isEmpty();
    }

    @Test
    void aTaskThatNeverRanDoesNotRaiseTheLimit() {
        List<TaskMessage> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(new TaskMessage("task-" + i, 1, "example.echo", 4, 2_000_000));
        }
        afterCommit.publish(many, null);

        end(Status.STATUS_ROLLEDBACK);
        inFlight.eachSecond(16);

        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
    }
}
