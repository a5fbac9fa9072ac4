package dev.errand.send;

import dev.errand.api.TaskOptions;
import dev.errand.store.ControlRecords;
import dev.errand.store.KeyHolders;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Waiting;
import jakarta.ejb.SessionContext;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sends with ids and unique keys, without a container: the insertion into the store is real, and nothing is published. */
public final class NamedSends {
    private final NamedInsertion named = new NamedInsertion();

    public NamedSends(
            KeyHolders holders,
            TaskRecords records,
            TaskTransitions transitions,
            ControlRecords control,
            Clock clock,
            Set<String> running) {
        named.insertion = new TaskInsertion() {
            @Override
            public boolean insertIfFree(Sending sending) {
                return transitions.insertIfFree(sending.list().get(0));
            }

            @Override
            public void insertTogether(List<Sending> sendings, boolean names) {
                sendings.forEach(sending -> transitions.insert(sending.list()));
            }

            @Override
            public void changed(TaskRecord record, Waiting next) {
                // no node waits for it
            }
        };
        named.holders = holders;
        named.records = records;
        named.transitions = transitions;
        named.control = control;
        named.clock = clock;
        named.runs = running::contains;
        named.session = (SessionContext) Proxy.newProxyInstance(
                NamedSends.class.getClassLoader(),
                new Class<?>[] {SessionContext.class},
                (session, method, arguments) -> null);
    }

    /** Sends one task, as the options say. */
    public Sent send(TaskRecord record, TaskOptions options) {
        NamedInsertion.Result result = named.send(new Placed(record, options, false, false));
        if (result.refusal() != null) {
            throw result.refusal();
        }
        return result.sent();
    }

    /** Sends several tasks, each with the options of the same place. */
    public List<Sent> sendAll(List<TaskRecord> records, List<TaskOptions> options) {
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            placed.add(new Placed(records.get(i), options.get(i), false, false));
        }
        NamedInsertion.Results results = named.sendAll(placed);
        if (results.refusal() != null) {
            results.refusal().index(results.index());
            throw results.refusal();
        }
        return results.sent();
    }
}
