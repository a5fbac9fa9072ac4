package dev.errand.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes bundles of what waits to go out. While few messages are under way the next task goes out at once, alone; when tasks
 * come faster than they run, several wait, and share a message. Nothing waits for others to come. One thread's own.
 */
final class Bundler {
    private static final int PRIORITIES = 10;

    private final Paces paces;
    private final Consumer<TaskMessage> late;

    /** Those that share no commit need not wait for a slot either. */
    private final ArrayDeque<TaskMessage> alone = new ArrayDeque<>();

    private final List<ArrayDeque<TaskMessage>> waiting = IntStream.range(0, PRIORITIES)
            .mapToObj(n -> new ArrayDeque<TaskMessage>())
            .toList();

    /** @param late told of what has waited here so long that the sweep is about to take its record up again */
    Bundler(Paces paces, Consumer<TaskMessage> late) {
        this.paces = paces;
        this.late = late;
    }

    void add(TaskMessage task) {
        if (paces.most(task.task()) == 1) {
            alone.add(task);
        } else {
            waiting.get(task.priority()).add(task);
        }
    }

    /** @param slot whether the message takes a slot while it is under way */
    record Next(Bundle bundle, boolean slot) {}

    /** What can go out now. @param busy the slots that are taken */
    Optional<Next> next(int busy, long now) {
        forgetLate(alone, now);
        if (!alone.isEmpty()) {
            return Optional.of(new Next(new Bundle(List.of(alone.poll())), false));
        }
        for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
            ArrayDeque<TaskMessage> queue = waiting.get(priority);
            forgetLate(queue, now);
            if (!queue.isEmpty()) {
                int free = paces.slots(queue.peek().task()) - busy;
                return free <= 0 ? Optional.empty() : Optional.of(new Next(bundle(queue, free), true));
            }
        }
        return Optional.empty();
    }

    /** They came in the order of their leases, or nearly so. */
    private void forgetLate(ArrayDeque<TaskMessage> queue, long now) {
        while (!queue.isEmpty() && queue.peek().leaseEnd() <= now) {
            late.accept(queue.poll());
        }
    }

    /** Its share of what waits, so that all slots get some; no more than what its tasks allow together. */
    private Bundle bundle(ArrayDeque<TaskMessage> queue, int free) {
        int share = (queue.size() + free - 1) / free;
        List<TaskMessage> tasks = new ArrayList<>();
        double full = 0;
        int chars = 0;
        do {
            TaskMessage task = queue.poll();
            tasks.add(task);
            full += 1.0 / paces.most(task.task());
            chars += Bundle.chars(task);
        } while (tasks.size() < share && full < 1 && chars < Bundle.MAX_CHARS / 2 && !queue.isEmpty());
        return new Bundle(tasks);
    }

    /** Whether something waits for a slot. */
    boolean waits() {
        return waiting.stream().anyMatch(queue -> !queue.isEmpty());
    }
}
