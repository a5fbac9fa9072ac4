package dev.errand.send;

import dev.errand.store.TaskRecord;
import java.util.List;

/** The records of one sender, which are inserted all or not at all. Confined to one thread at a time. */
public final class Sending implements Combiner.Item {
    private final List<TaskRecord> records;
    private final boolean dueNow;
    private final boolean parked;
    private final String sentBy;
    private final long bytes;
    private boolean inserted;
    private RuntimeException failure;

    /**
     * @param dueNow whether the tasks can run now
     * @param parked whether no handler has their name
     * @param sentBy the user, or null
     */
    Sending(List<TaskRecord> records, boolean dueNow, boolean parked, String sentBy) {
        this.records = records;
        this.dueNow = dueNow;
        this.parked = parked;
        this.sentBy = sentBy;
        this.bytes = records.stream()
                .mapToLong(record ->
                        record.argument() == null ? 0 : record.argument().length())
                .sum();
    }

    List<TaskRecord> list() {
        return records;
    }

    boolean dueNow() {
        return dueNow;
    }

    boolean parked() {
        return parked;
    }

    String sentBy() {
        return sentBy;
    }

    @Override
    public int records() {
        return records.size();
    }

    /** Returns the size of the arguments in characters, which is close enough. */
    @Override
    public long bytes() {
        return bytes;
    }

    /** Notes that the records are inserted, and that the commit comes next. */
    void inserted() {
        inserted = true;
    }

    boolean isInserted() {
        return inserted;
    }

    /** Notes why the records may not be there. */
    void failed(RuntimeException why) {
        failure = why;
    }

    /** Returns the error of the transaction; null if there was none, or if the sender is to try again without others. */
    RuntimeException failure() {
        return failure;
    }
}
