package dev.errand.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without the patience that would hide a lost wake-up, unless a test is about it: a forgotten sender waits until the time-out. */
@Timeout(120)
class CombinerTest {
    private static final long NEVER = TimeUnit.DAYS.toNanos(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static final class Thing implements Combiner.Item {
        private final int records;
        private final long bytes;
        private final AtomicInteger times = new AtomicInteger();
        private volatile Throwable failure;

        Thing(int records, long bytes) {
            this.records = records;
            this.bytes = bytes;
        }

        Thing() {
            this(1, 1);
        }

        @Override
        public int records() {
            return records;
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }

    /** Work that lasts until the test lets it continue, each time. */
    private static final class Held implements Combiner.Work<Thing> {
        private final BlockingQueue<List<Thing>> begun = new LinkedBlockingQueue<>();
        private final BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();

        @Override
        public void on(List<Thing> things) {
            begun.add(things);
            things.forEach(thing -> thing.times.incrementAndGet());
            Runnable end = null;
            while (end == null) {
                try {
                    end = ends.take();
                } catch (InterruptedException e) {
                    throw new AssertionError("an interrupt of the leader came into the work", e);
                }
            }
            end.run();
        }

        List<Thing> awaitBegin() throws InterruptedException {
            return begun.take();
        }

        void goOn() {
            ends.add(() -> {});
        }

        void fail(Error error) {
            ends.add(() -> {
                throw error;
            });
        }
    }

    private final class Sender {
        private final Thing thing;
        private final Future<Throwable> result;
        private volatile Thread thread;

        Sender(Combiner<Thing> combiner, Thing thing) {
            this.thing = thing;
            this.result = threads.submit(() -> {
                thread = Thread.currentThread();
                return combiner.run(thing);
            });
        }

        /** Returns when the thread is parked, or has ended. */
        Sender awaitWaiting() {
            while (!result.isDone()
                    && (thread == null
                            || thread.getState() != Thread.State.TIMED_WAITING
                                    && thread.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            return this;
        }
    }

    @Test
    void aLoneSenderWorksAtOnceInItsOwnThread() throws Exception {
        List<Thread> workers = new ArrayList<>();
        Combiner<Thing> combiner = new Combiner<>(things -> workers.add(Thread.currentThread()), NEVER);
        assertThat(combiner.run(new Thing())).isNull();
        assertThat(combiner.run(new Thing())).isNull();
        assertThat(workers).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void thoseWhoComeMeanwhileShareTheNextWorkAsFarAsTheyFit() throws Exception {
        Held work = new Held();
        Combiner<Thing> combiner = new Combiner<>(work, NEVER);
        Sender first = new Sender(combiner, new Thing());
        work.awaitBegin();
        List<Sender> others = new ArrayList<>();
        for (Thing thing : List.of(
                new Thing(200, 1),
                new Thing(300, 1),
                new Thing(1, Combiner.MOST_BYTES),
                new Thing(1, 1),
                new Thing(Combiner.MOST_RECORDS, 1))) {
            others.add(new Sender(combiner, thing).awaitWaiting());
        }
        work.goOn();
        assertThat(first.result.get()).isNull();
        List<Integer> together = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            together.add(work.awaitBegin().size());
            work.goOn();
        }
        assertThat(together).containsExactly(2, 1, 1, 1);
        for (Sender other : others) {
            assertThat(other.result.get()).isNull();
        }
    }

    @Test
    void aWaitingSenderThatIsInterruptedWithdrawsAndTheOthersGoOn() throws Exception {
        Held work = new Held();
        Combiner<Thing> combiner = new Combiner<>(work, NEVER);
        Sender leader = new Sender(combiner, new Thing());
        work.awaitBegin();
        Sender interrupted = new Sender(combiner, new Thing()).awaitWaiting();
        Sender other = new Sender(combiner, new Thing()).awaitWaiting();
        interrupted.thread.interrupt();
        assertThatThrownBy(interrupted.result::get).hasCauseInstanceOf(InterruptedException.class);
        work.goOn();
        assertThat(work.awaitBegin()).containsExactly(other.thing);
        work.goOn();
        assertThat(leader.result.get()).isNull();
        assertThat(other.result.get()).isNull();
        assertThat(interrupted.thing.times).hasValue(0);
    }

    /** The thread was interrupted before, for a reason of its own. */
    @Test
    void aLeaderThatIsInterruptedAlreadyWorksAndStaysInterrupted() throws Exception {
        List<Boolean> inTheWork = new ArrayList<>();
        Combiner<Thing> combiner =
                new Combiner<>(things -> inTheWork.add(Thread.currentThread().isInterrupted()), NEVER);
        Thread.currentThread().interrupt();
        assertThat(combiner.run(new Thing())).isNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(inTheWork).containsExactly(false);
    }

    @Test
    void anErrorEndsItsThreadAndIsToldToThoseThatSharedTheWorkAndNobodyElse() throws Exception {
        Held work = new Held();
        Combiner<Thing> combiner = new Combiner<>(work, NEVER);
        Sender first = new Sender(combiner, new Thing());
        work.awaitBegin();
        Sender leader = new Sender(combiner, new Thing()).awaitWaiting();
        Sender shares = new Sender(combiner, new Thing()).awaitWaiting();
        work.goOn();
        work.awaitBegin();
        Sender later = new Sender(combiner, new Thing()).awaitWaiting();
        Error error = new StackOverflowError();
        work.fail(error);
        assertThatThrownBy(leader.result::get).hasCause(error);
        assertThat(shares.result.get()).isSameAs(error);
        work.awaitBegin();
        work.goOn();
        assertThat(later.result.get()).isNull();
        assertThat(first.result.get()).isNull();
    }

    @Test
    void aStuckLeaderIsLeftAloneAndHandsOverNothing() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger works = new AtomicInteger();
        CountDownLatch stuckNow = new CountDownLatch(1);
        Combiner<Thing> combiner = new Combiner<>(
                things -> {
                    if (works.incrementAndGet() == 1) {
                        stuckNow.countDown();
                        awaitUninterrupted(free);
                    }
                },
                TimeUnit.MILLISECONDS.toNanos(10));
        Sender stuck = new Sender(combiner, new Thing());
        stuckNow.await();
        for (int i = 0; i < 3; i++) {
            assertThat(new Sender(combiner, new Thing()).result.get()).isNull();
        }
        assertThat(stuck.result).isNotDone();
        free.countDown();
        assertThat(stuck.result.get()).isNull();
        assertThat(combiner.run(new Thing())).isNull();
        assertThat(works).hasValue(5);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Each item is worked on once, unless its sender was told that it was not; each sender learns what became of its own. */
    @Test
    void whateverHappensEachItemIsWorkedOnOnceAndEachSenderGetsItsOwnResult() throws Exception {
        long seed = System.nanoTime();
        for (int round = 0; round < 20; round++) {
            storm(
                    new Random(seed + round),
                    round % 2 == 0 ? NEVER : 20_000L << round % 5,
                    "seed " + seed + " round " + round);
        }
    }

    private void storm(Random chance, long patience, String context) throws Exception {
        int count = 1 + chance.nextInt(40);
        int each = 4_000 / count;
        long[] seeds = chance.longs(count).toArray();
        Random works = new Random(chance.nextLong());
        AtomicInteger together = new AtomicInteger();
        Combiner<Thing> combiner = new Combiner<>(
                things -> {
                    int dice;
                    synchronized (works) {
                        dice = works.nextInt(20);
                    }
                    if (things.size() > 1) {
                        together.incrementAndGet();
                    }
                    Throwable failure = dice == 0 ? new Broken() : dice == 1 ? new StackOverflowError() : null;
                    things.forEach(thing -> {
                        thing.times.incrementAndGet();
                        thing.failure = failure;
                    });
                    LockSupport.parkNanos(dice * 5_000L);
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    if (failure instanceof Broken broken) {
                        throw broken;
                    }
                },
                patience);
        List<Thread> running = new ArrayList<>();
        BlockingQueue<String> wrong = new LinkedBlockingQueue<>();
        AtomicInteger withdrawn = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(count);
        for (long own : seeds) {
            Thread thread = new Thread(() -> {
                Random mine = new Random(own);
                for (int i = 0; i < each; i++) {
                    Thing thing = new Thing(1 + mine.nextInt(100), 1 + mine.nextInt(200_000));
                    send(combiner, thing, wrong, withdrawn);
                }
                left.decrementAndGet();
            });
            running.add(thread);
        }
        running.forEach(Thread::start);
        while (left.get() > 0) {
            running.get(chance.nextInt(count)).interrupt();
            LockSupport.parkNanos(100_000);
        }
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(wrong).as(context).isEmpty();
        assertThat(count < 10 || together.get() > 0).as(context).isTrue();
    }

    private static void send(
            Combiner<Thing> combiner, Thing thing, BlockingQueue<String> wrong, AtomicInteger withdrawn) {
        int expected = 1;
        Throwable told = null;
        try {
            told = combiner.run(thing);
        } catch (InterruptedException e) {
            expected = 0;
            withdrawn.incrementAndGet();
            if (!Thread.interrupted()) {
                wrong.add("the interrupt is gone");
            }
        } catch (StackOverflowError e) {
            told = e;
        }
        Thread.interrupted();
        if (thing.times.get() != expected) {
            wrong.add("worked on " + thing.times + " times, not " + expected);
        }
        if (told != thing.failure) {
            wrong.add("told " + told + ", not " + thing.failure);
        }
    }
}
