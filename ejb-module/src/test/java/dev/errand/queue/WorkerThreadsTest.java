package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
    private static final long LONG_SECONDS = 60;

    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> received = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final WorkerThreads workers = new WorkerThreads();

    @BeforeEach
    void wire() {
        workers.concurrency = new Concurrency(new ConfigReader(key -> Optional.empty()).read());
        workers.concurrency.limit(2);
        workers.receiver = message -> {
            received.add(((BatchMessage) message).number());
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        workers.start((ManagedThreadFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ManagedThreadFactory.class}, (self, method, args) -> {
                    Thread thread = new Thread((Runnable) args[0]);
                    threads.add(thread);
                    return thread;
                }));
    }

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        workers.stop();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void send(long number, int priority) {
        workers.send(new BatchMessage(number, priority, Long.MAX_VALUE), Long.MAX_VALUE);
    }

    private List<Long> receive(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    try {
                        return received.poll(LONG_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void asManyRunAtOnceAsAreAllowedAndTheHighestPriorityIsNext() {
        send(1, 4);
        send(2, 4);
        assertThat(receive(2)).containsExactlyInAnyOrder(1L, 2L);
        send(3, 4);
        send(4, 9);
        send(5, 4);
        assertThat(threads).hasSize(2);
        assertThat(received).isEmpty();

        workers.concurrency.limit(3);
        workers.watch();
        assertThat(receive(1)).containsExactly(4L);
        release.countDown();
        assertThat(receive(2)).containsExactlyInAnyOrder(3L, 5L);
    }

    @Test
    void anInterruptThatComesTooLateEndsNoThread() {
        send(1, 4);
        receive(1);
        threads.forEach(Thread::interrupt);
        send(2, 4);
        send(3, 4);
        release.countDown();
        assertThat(receive(2)).containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void aStopWaitsForWhatRunsAndStartsNothing() throws InterruptedException {
        send(1, 4);
        send(2, 4);
        send(3, 4);
        receive(2);
        Thread stop = new Thread(workers::stop);
        stop.start();
        while (stop.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        release.countDown();
        stop.join();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(received).isEmpty();
    }
}
