package dev.errand.docs.batch;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("data.import")
public class ImportTask implements TaskHandler<String, Integer> {
    @Override
    public Integer handle(String file, TaskContext task) {
        int saved = 0;
        for (String line : Lines.of(file)) {
            if (task.revoked()) {
                break;
            }
            Lines.save(line);
            saved++;
        }
        return saved;
    }
}
