package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskPublisherTest {
    private static final long LONG_SECONDS = 60;

    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> tries = new LinkedBlockingQueue<>();
    private final TaskPublisher publisher = new TaskPublisher();
    private boolean threadsEnd;

    @BeforeEach
    void wire() {
        publisher.clock = new SettableClock();
        publisher.outbox = new Outbox();
        publisher.sweep = new SweepTrigger();
        publisher.inFlight = new InFlight();
        publisher.threads = (ManagedThreadFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ManagedThreadFactory.class}, (self, method, args) -> {
                    Thread thread = new Thread(threadsEnd ? () -> {} : (Runnable) args[0]);
                    threads.add(thread);
                    return thread;
                });
        Transport refusing = new Transport() {
            @Override
            public Optional<String> missing() {
                return Optional.empty();
            }

            @Override
            public Connection connect() {
                tries.add("try");
                throw new NoClassDefFoundError("as the test says");
            }
        };
        ErrandConfig config = new ConfigReader(key -> Optional.empty()).read();
        publisher.workers = new WorkerThreads();
        publisher.workers.concurrency = new Concurrency(config);
        publisher.transports = new Transports(publisher.workers, config, Optional.of(refusing));
        publisher.transports.choose();
    }

    @AfterEach
    void stop() throws InterruptedException {
        publisher.stop();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void awaitTry() throws InterruptedException {
        assertThat(tries.poll(LONG_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void anErrorDoesNotEndTheThread() throws InterruptedException {
        publisher.start();
        awaitTry();
        awaitTry();
        assertThat(threads).hasSize(1);
    }

    @Test
    void anInterruptByOthersDoesNotEndTheThread() throws InterruptedException {
        publisher.start();
        awaitTry();
        threads.peek().interrupt();
        awaitTry();
        awaitTry();
    }

    @Test
    void aThreadThatHasEndedIsReplaced() throws InterruptedException {
        publisher.watch();
        assertThat(threads).as("before the start").isEmpty();
        threadsEnd = true;
        publisher.start();
        threads.peek().join();
        threadsEnd = false;

        publisher.watch();
        awaitTry();
        publisher.watch();
        assertThat(threads).hasSize(2);

        publisher.stop();
        for (Thread thread : threads) {
            thread.join();
        }
        publisher.watch();
        assertThat(threads).as("after the stop").hasSize(2);
    }
}
