package dev.errand.docs.quartz;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import java.io.IOException;

@Stateless
@Task("invoice.write")
@RetryPolicy(on = IOException.class, countdown = "PT1M")
public class InvoiceTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String order, TaskContext task) throws IOException {
        Invoices.write(order);
        return null;
    }
}
