package dev.errand.docs.batch;

import dev.errand.api.TaskControl;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** How both start, stop and restart. */
final class Sends {
    private Sends() {}

    static void batch(String file) {
        Properties parameters = new Properties();
        parameters.setProperty("file", file);
        JobOperator operator = BatchRuntime.getJobOperator();
        long execution = operator.start("import", parameters);
        operator.stop(execution);
        operator.restart(execution, parameters);
    }

    static void errand(TaskSender tasks, TaskControl control, String file) {
        String id = tasks.send("data.import", file);
        control.revoke(id);
        control.retryNow(id);
    }

    static void chunks(TaskSender tasks, List<String> lines) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += 100) {
            chunks.add(List.copyOf(lines.subList(from, Math.min(from + 100, lines.size()))));
        }
        tasks.sendAll("data.save", chunks, TaskOptions.none());
    }
}
