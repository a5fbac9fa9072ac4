package dev.errand.send;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that threads share when they bring items at the same moment. The first thread leads: it takes all items that wait,
 * does the work for them, hands the lead to the next waiting thread, and wakes the others. A thread that finds no leader works
 * at once, and waits for no company. Each waiting thread is parked, and is woken once. A lead that ends by an exception
 * or an error is handed over as well; a lead that lasts too long is taken over. Thread-safe.
 *
 * @param <T> the items
 */
final class Combiner<T extends Combiner.Item> {
    /** The largest number of records that share one execution of the work. */
    static final int MOST_RECORDS = 500;

    /** The largest size of records that share one execution of the work. */
    static final long MOST_BYTES = 1_000_000;

    /**
     * The time after which a waiting thread takes the lead, because the leader may be stuck: a connection that is dead without
     * a sign must not block the senders for which there are others.
     */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Work<T> work;
    private final long patienceNanos;
    private final Deque<Ticket<T>> waiting = new ArrayDeque<>();
    private Ticket<T> leader;

    Combiner(Work<T> work) {
        this(work, PATIENCE.toNanos());
    }

    Combiner(Work<T> work, long patienceNanos) {
        this.work = work;
        this.patienceNanos = patienceNanos;
    }

    /** The records of one thread. */
    interface Item {
        int records();

        long bytes();
    }

    /** The work, which notes its result in each item. */
    @FunctionalInterface
    interface Work<T> {
        void on(List<T> items);
    }

    private enum State {
        WAITS,
        LEADS,
        IS_TAKEN,
        IS_DONE
    }

    private static final class Ticket<T> {
        private final T item;
        private final Thread thread = Thread.currentThread();
        private volatile State state = State.WAITS;
        private Throwable failure;

        Ticket(T item) {
            this.item = item;
        }
    }

    /** Returns whether an item is small enough to share the work with others. */
    static boolean fits(Item item) {
        return item.records() <= MOST_RECORDS && item.bytes() <= MOST_BYTES;
    }

    /**
     * Returns when the work has been done for the item, by this thread or another one.
     *
     * @return the exception or error that has ended the work for this item and all that shared it; null if there is none
     * @throws InterruptedException if the thread was interrupted while it waited; the item was not taken, and the thread stays
     *     interrupted. An interrupt at any other moment waits for the end of the work
     */
    Throwable run(T item) throws InterruptedException {
        Ticket<T> mine = new Ticket<>(item);
        enter(mine);
        try {
            await(mine);
            if (mine.state == State.LEADS) {
                lead(mine);
            }
            return mine.failure;
        } finally {
            leave(mine);
        }
    }

    private void enter(Ticket<T> mine) {
        synchronized (waiting) {
            waiting.add(mine);
            if (leader == null) {
                becomesLeader(mine);
            }
        }
    }

    private void becomesLeader(Ticket<T> next) {
        leader = next;
        next.state = State.LEADS;
    }

    private void await(Ticket<T> mine) throws InterruptedException {
        boolean interrupted = false;
        try {
            long since = System.nanoTime();
            while (mine.state == State.WAITS || mine.state == State.IS_TAKEN) {
                if (mine.state == State.IS_TAKEN) {
                    LockSupport.park(this);
                } else if (System.nanoTime() - since < patienceNanos) {
                    LockSupport.parkNanos(this, patienceNanos);
                } else {
                    takeOver(mine);
                }
                if (Thread.interrupted()) {
                    interrupted = true;
                    if (withdraw(mine)) {
                        throw new InterruptedException("interrupted while waiting for other senders");
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes the lead. The leader so far ends its work, and hands over nothing. */
    private void takeOver(Ticket<T> mine) {
        synchronized (waiting) {
            if (mine.state == State.WAITS) {
                waiting.remove(mine);
                waiting.addFirst(mine);
                becomesLeader(mine);
            }
        }
    }

    private boolean withdraw(Ticket<T> mine) {
        synchronized (waiting) {
            return mine.state == State.WAITS && waiting.remove(mine);
        }
    }

    private void lead(Ticket<T> mine) {
        // an interrupt is this thread's own matter, and must not end the work of the others
        boolean interrupted = Thread.interrupted();
        List<Ticket<T>> taken = new ArrayList<>();
        Throwable failure = null;
        try {
            take(mine, taken);
            work.on(taken.stream().map(ticket -> ticket.item).toList());
        } catch (Throwable e) {
            failure = e;
        } finally {
            handOver(mine);
            for (Ticket<T> ticket : taken) {
                ticket.failure = failure;
                ticket.state = State.IS_DONE;
                if (ticket != mine) {
                    LockSupport.unpark(ticket.thread);
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** Takes the leader's item, and the others as long as they fit. Another one that has the lead takes its own. */
    private void take(Ticket<T> mine, List<Ticket<T>> taken) {
        synchronized (waiting) {
            taken.add(mine);
            waiting.remove(mine);
            mine.state = State.IS_TAKEN;
            long records = mine.item.records();
            long bytes = mine.item.bytes();
            for (Iterator<Ticket<T>> others = waiting.iterator(); others.hasNext(); ) {
                Ticket<T> next = others.next();
                if (next.state == State.WAITS) {
                    records += next.item.records();
                    bytes += next.item.bytes();
                    if (records > MOST_RECORDS || bytes > MOST_BYTES) {
                        return;
                    }
                    // in this order: without memory for the list, the ticket still waits
                    taken.add(next);
                    others.remove();
                    next.state = State.IS_TAKEN;
                }
            }
        }
    }

    private void handOver(Ticket<T> mine) {
        Ticket<T> next = null;
        synchronized (waiting) {
            if (leader == mine) {
                leader = null;
                next = waiting.peek();
                if (next != null) {
                    becomesLeader(next);
                }
            }
        }
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    /** Leaves nothing behind, even if the thread was stopped where it waited. */
    private void leave(Ticket<T> mine) {
        if (mine.state == State.WAITS || mine.state == State.LEADS) {
            synchronized (waiting) {
                waiting.remove(mine);
            }
            handOver(mine);
        }
    }
}
