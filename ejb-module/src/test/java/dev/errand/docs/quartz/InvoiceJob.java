package dev.errand.docs.quartz;

import java.io.IOException;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

public class InvoiceJob implements Job {
    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        String order = context.getMergedJobDataMap().getString("order");
        try {
            Invoices.write(order);
        } catch (IOException e) {
            throw new JobExecutionException(e, true);
        }
    }
}
