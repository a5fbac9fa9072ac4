package dev.errand.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CombinedInsertionTest {
    private static final int SENDERS = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger status = new AtomicInteger(Status.STATUS_NO_TRANSACTION);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch firstBegun = new CountDownLatch(1);
    private final CountDownLatch firstEnds = new CountDownLatch(1);
    private final AtomicReference<Consumer<List<Sending>>> second = new AtomicReference<>();
    private final CombinedInsertion combined = new CombinedInsertion();

    @BeforeEach
    void connect() {
        TransactionSynchronizationRegistry transactions = (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (a, b, c) -> status.get());
        combined.user = new CurrentUser() {
            @Override
            public String name() {
                return Thread.currentThread().getName();
            }
        };
        combined.monitor = new DatabaseMonitor() {
            @Override
            public boolean isCauseOf(Throwable error) {
                asked.incrementAndGet();
                return true;
            }
        };
        combined.insertion = new TaskInsertion() {
            @Override
            public TransactionSynchronizationRegistry transactions() {
                return transactions;
            }

            @Override
            public void insertTogether(List<Sending> sendings, boolean names) {
                if (calls.incrementAndGet() == 1) {
                    firstBegun.countDown();
                    awaitUninterrupted(firstEnds);
                    sendings.forEach(Sending::inserted);
                } else {
                    second.get().accept(sendings);
                }
            }
        };
        combined.connect();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<TaskRecord> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TaskRecord("id-" + i, "t", "q", 4, null, null, "1", 1, 1, null))
                .toList();
    }

    private boolean insert() throws InterruptedException {
        return combined.insert(records(1), true, true, false);
    }

    /** Sends once, and from many threads meanwhile, which share the second transaction. */
    private List<Future<Boolean>> together(Consumer<List<Sending>> transaction) throws Exception {
        second.set(transaction);
        Future<Boolean> first = threads.submit(this::insert);
        firstBegun.await();
        List<Thread> senders = new ArrayList<>();
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            String name = "user-" + i;
            results.add(threads.submit(() -> {
                Thread.currentThread().setName(name);
                synchronized (senders) {
                    senders.add(Thread.currentThread());
                }
                return insert();
            }));
        }
        while (waiting(senders) < SENDERS) {
            Thread.onSpinWait();
        }
        firstEnds.countDown();
        assertThat(first.get()).isTrue();
        return results;
    }

    private static long waiting(List<Thread> senders) {
        synchronized (senders) {
            return senders.stream()
                    .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                    .count();
        }
    }

    @Test
    void aSenderWithATransactionOrWithTooManyRecordsGoesTheDirectWay() throws Exception {
        assertThat(combined.insert(records(Combiner.MOST_RECORDS + 1), false, true, false))
                .isFalse();
        status.set(Status.STATUS_ACTIVE);
        assertThat(insert()).isFalse();
        status.set(Status.STATUS_MARKED_ROLLBACK);
        assertThat(insert()).isFalse();
        assertThat(calls).hasValue(0);
    }

    @Test
    void sendersShareATransactionAndEachHasItsOwnUser() throws Exception {
        List<String> users = new ArrayList<>();
        List<Future<Boolean>> results = together(sendings -> sendings.forEach(sending -> {
            users.add(sending.sentBy());
            sending.inserted();
        }));
        for (Future<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }
        assertThat(calls).hasValue(2);
        assertThat(users)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, SENDERS).mapToObj(i -> "user-" + i).collect(Collectors.toList()));
    }

    @Test
    void afterARollbackEachTriesAlone() throws Exception {
        List<Future<Boolean>> results = together(sendings -> {
            throw new EJBException(new PersistenceException(new SQLException("no", "22001")));
        });
        for (Future<Boolean> result : results) {
            assertThat(result.get()).isFalse();
        }
    }

    @Test
    void inAnOutageTheDatabaseIsAskedOnceForAll() throws Exception {
        List<Future<Boolean>> results = together(sendings -> {
            throw new EJBException(new PersistenceException(new SQLException("away", "08006")));
        });
        for (Future<Boolean> result : results) {
            assertThat(result.get()).isFalse();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void thoseThatWereLeftOutTryAloneAndTheOthersAreSent() throws Exception {
        List<Future<Boolean>> results =
                together(sendings -> sendings.stream().skip(2).forEach(Sending::inserted));
        int sent = 0;
        for (Future<Boolean> result : results) {
            sent += result.get() ? 1 : 0;
        }
        assertThat(sent).isEqualTo(SENDERS - 2);
    }

    /** Nothing may be tried again: the records may be there. */
    @Test
    void ifTheCommitFailsEachWhoseRecordsWereInsertedIsTold() throws Exception {
        EJBException error = new EJBException("commit");
        List<Future<Boolean>> results = together(sendings -> {
            sendings.stream().skip(1).forEach(Sending::inserted);
            throw error;
        });
        int told = 0;
        for (Future<Boolean> result : results) {
            try {
                assertThat(result.get()).isFalse();
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e.getCause()).isSameAs(error);
                told++;
            }
        }
        assertThat(told).isEqualTo(SENDERS - 1);
    }

    @Test
    void aLoneSenderGetsTheErrorOfItsTransactionUnlessAnIdOrAKeyIsTaken() throws Exception {
        EJBException error = new EJBException(new PersistenceException(new SQLException("away", "08006")));
        calls.incrementAndGet();
        second.set(sendings -> {
            throw error;
        });
        assertThatThrownBy(this::insert).isSameAs(error);
        second.set(sendings -> {
            throw new EJBException(new PersistenceException(new SQLException("taken", "23505")));
        });
        assertThat(insert()).isFalse();
    }
}
