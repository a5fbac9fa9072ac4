package dev.errand.docs.quartz;

import dev.errand.api.TaskControl;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import java.time.Duration;
import org.quartz.DateBuilder;
import org.quartz.DateBuilder.IntervalUnit;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/** How both start a job. */
final class Sends {
    private Sends() {}

    static void quartz(Scheduler scheduler, String order) throws SchedulerException {
        JobDetail job = JobBuilder.newJob(InvoiceJob.class)
                .withIdentity("invoice-" + order)
                .usingJobData("order", order)
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .startAt(DateBuilder.futureDate(10, IntervalUnit.MINUTE))
                .build();
        scheduler.scheduleJob(job, trigger);
    }

    static void errand(TaskSender tasks, String order) {
        TaskOptions later = TaskOptions.none().id("invoice-" + order).countdown(Duration.ofMinutes(10));
        tasks.send("invoice.write", order, later);
    }

    static void quartzDelete(Scheduler scheduler, String order) throws SchedulerException {
        scheduler.deleteJob(JobKey.jobKey("invoice-" + order));
    }

    static void errandRevoke(TaskControl control, String order) {
        control.revoke("invoice-" + order);
    }
}
