package dev.errand.docs;

import jakarta.batch.api.Batchlet;
import jakarta.batch.runtime.JobExecution;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;
import java.util.List;
import org.jobrunr.jobs.annotations.Recurring;
import org.jobrunr.storage.StorageProvider;
import org.quartz.CronTrigger;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobDataMap;
import org.quartz.JobListener;
import org.quartz.SimpleTrigger;
import org.quartz.impl.jdbcjobstore.JobStoreCMT;

/** The names of other libraries that the tables of the guides have, so that the compiler sees them. */
final class Terms {
    static final List<Class<?>> ALL = List.of(
            Batchlet.class,
            JobExecution.class,
            ObjectMessage.class,
            TextMessage.class,
            Recurring.class,
            StorageProvider.class,
            CronTrigger.class,
            DisallowConcurrentExecution.class,
            JobDataMap.class,
            JobListener.class,
            SimpleTrigger.class,
            JobStoreCMT.class);

    private Terms() {}
}
