package dev.errand.schedule;

import dev.errand.api.ScheduleInfo.Origin;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.FiringHint;
import dev.errand.store.ScheduleRecords;
import dev.errand.store.ScheduleRecords.Code;
import dev.errand.store.ScheduleRow;
import dev.errand.store.ScheduleRow.Course;
import dev.errand.store.ScheduleRow.Terms;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transaction that brings the table to the state of the code. Nodes of an application do so one after the other. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class CodeTransaction {
    /** The age at which a node counts as dead, as for {@link dev.errand.store.NodeRow#isLive}. */
    private static final long DEAD_MILLIS = 15_000;

    /** The number of earlier versions that are remembered. */
    private static final int MOST_EARLIER = 20;

    @Inject
    ScheduleRecords records;

    @Inject
    AfterCommit afterCommit;

    @Inject
    FiringHint hint;

    @Inject
    ErrandConfig config;

    /**
     * Adds, changes and removes schedules.
     *
     * @param hash the whole set of schedules as a short text
     * @return false if a live node has a newer version of the code, whose schedules stay
     */
    public boolean apply(Map<String, Terms> terms, String hash, long now) {
        String application = config.application();
        records.nodeHas(config.node(), hash);
        Code code = records.lockCode(application);
        if (code.applied().equals(hash)) {
            return true;
        }
        if (code.earlier().contains(hash)) {
            List<String> newer = records.nodesWith(application, code.applied(), now - DEAD_MILLIS);
            newer.remove(config.node());
            if (!newer.isEmpty()) {
                LogMessage.SCHEDULES_OF_NEWER_CODE.logAtMostOnceAMinute(newer);
                return false;
            }
        }
        int changed = 0;
        for (Map.Entry<String, Terms> entry : terms.entrySet()) {
            changed += put(entry.getKey(), entry.getValue(), application, now) ? 1 : 0;
        }
        int removed = 0;
        for (ScheduleRow row : records.ofCode(application)) {
            if (!terms.containsKey(row.name())) {
                records.delete(row.name());
                removed++;
            }
        }
        records.saveCode(application, new Code(hash, earlier(code, hash)));
        String summary = terms.size() + " (" + changed + " added or changed, " + removed + " removed)";
        afterCommit.then(() -> {
            hint.set(Long.MIN_VALUE);
            LogMessage.SCHEDULES_OF_CODE.log(application, summary);
        });
        return true;
    }

    private static List<String> earlier(Code code, String hash) {
        List<String> earlier = new ArrayList<>(code.earlier());
        earlier.remove(hash);
        if (!code.applied().isEmpty()) {
            earlier.add(code.applied());
        }
        return earlier.subList(Math.max(0, earlier.size() - MOST_EARLIER), earlier.size());
    }

    /** @return whether the row was added or changed */
    private boolean put(String name, Terms terms, String application, long now) {
        Optional<ScheduleRow> known = records.lock(name);
        if (known.isEmpty()) {
            ScheduleRow added = new ScheduleRow(name, Origin.CODE, application, terms, null, Course.NEW, 0);
            return records.insert(Steps.begin(added, Instant.ofEpochMilli(now)));
        }
        ScheduleRow row = known.get();
        boolean ours = row.origin() == Origin.CODE && row.application().equals(application);
        if (!ours) {
            LogMessage.SCHEDULE_TAKEN_OVER.log(
                    name, row.origin() == Origin.API ? "a user" : "the application " + row.application());
        }
        ScheduleRow wanted = Steps.change(row, terms, Instant.ofEpochMilli(now)).origin(Origin.CODE, application);
        return !wanted.equals(row) && records.save(wanted);
    }
}
