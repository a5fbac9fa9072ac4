package dev.errand.docs;

import dev.errand.api.Limit;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("sms.send")
@Limit(name = "sms-gateway", rate = "100/m", concurrency = 5)
@Limit(name = "sms-per-customer", by = "/customer", concurrency = 1)
public class SmsTask implements TaskHandler<Sms, Void> {
    @Override
    public Void handle(Sms sms, TaskContext task) {
        System.out.println("To " + sms.customer() + ": " + sms.text());
        return null;
    }
}
