package dev.errand.send;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.store.KeyHolders.Holder;
import dev.errand.store.TaskRecord;
import java.time.Instant;
import java.util.Optional;

/** The answers to a send whose id or unique key another task has. Pure. */
final class TakenNames {
    private TakenNames() {}

    /**
     * Returns whether the other task is kept as it is; otherwise this send changes it.
     *
     * @throws DuplicateTaskException if the send is refused
     */
    static boolean keeps(TaskRecord record, TaskOptions options, Holder holder) {
        boolean changes = Placed.changes(options);
        if (!changes && options.onDuplicate() != OnDuplicate.KEEP) {
            throw refused(record, options, holder);
        }
        if (!holder.task().equals(record.task())) {
            throw new DuplicateTaskException(name(record, options, holder) + " belongs to a task of another name, \""
                    + holder.task() + "\". Choose another one. Nothing was sent.");
        }
        if (!changes) {
            return true;
        }
        if (holder.runs()) {
            throw runs(record, options, holder);
        }
        if (holder.state().finished()) {
            throw refused(record, options, holder);
        }
        return false;
    }

    /** Returns the refusal of a send that would change a task which runs or is about to. */
    static DuplicateTaskException runs(TaskRecord record, TaskOptions options, Holder holder) {
        return new DuplicateTaskException("The task \"" + holder.id() + "\" has "
                + name(record, options, holder).replaceFirst("The", "the")
                + ", and runs or is about to run: its argument cannot change any more. Send again when it is finished."
                + " Nothing was sent.");
    }

    /** Returns the refusal of a send that has tried for long enough. */
    static DuplicateTaskException busy(TaskRecord record, TaskOptions options, Optional<Holder> holder) {
        return holder.map(found -> runs(record, options, found))
                .orElseGet(() -> new DuplicateTaskException(
                        "The id \"" + record.id() + "\" or the unique key \"" + record.uniqueKey()
                                + "\" is taken by one task after the other. Send again. Nothing was sent."));
    }

    /** Returns the refusal of a second task. */
    static DuplicateTaskException refused(TaskRecord record, TaskOptions options, Holder holder) {
        if (holder.key() == null || !holder.key().equals(record.uniqueKey())) {
            return new DuplicateTaskException("A task with the id \"" + record.id()
                    + "\" exists already. Choose another id, or leave it out. Nothing was sent.");
        }
        String task = "The task \"" + holder.id() + "\" with the unique key \"" + record.uniqueKey() + "\" ";
        return new DuplicateTaskException(task + held(holder) + " Nothing was sent.");
    }

    private static String held(Holder holder) {
        if (holder.state() == TaskState.PARKED) {
            return "is PARKED: no handler with the name \"" + holder.task()
                    + "\" is deployed. Deploy it, or revoke the task; then send again.";
        }
        if (holder.state().finished()) {
            return "is finished, and keeps the key until " + Instant.ofEpochMilli(holder.uniqueUntil())
                    + ". Send again after that.";
        }
        return "is not finished. Send again when it is, or revoke it.";
    }

    private static String name(TaskRecord record, TaskOptions options, Holder holder) {
        return record.uniqueKey() != null && record.uniqueKey().equals(holder.key())
                ? "The unique key \"" + record.uniqueKey() + "\""
                : "The id \"" + options.id() + "\"";
    }
}
