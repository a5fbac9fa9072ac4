package dev.errand.docs.batch;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;

@Named
public class ImportBatchlet extends AbstractBatchlet {
    @Inject
    @BatchProperty
    private String file;

    private volatile boolean stopped;

    @Override
    public String process() {
        for (String line : Lines.of(file)) {
            if (stopped) {
                return "STOPPED";
            }
            Lines.save(line);
        }
        return "COMPLETED";
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
