package dev.errand.docs.jobrunr;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jobrunr.jobs.context.JobContext;
import org.jobrunr.scheduling.JobScheduler;

/** How both send. */
final class Sends {
    private Sends() {}

    static void jobrunr(JobScheduler scheduler, ThumbnailService thumbnails, String image, List<String> images) {
        scheduler.enqueue(() -> thumbnails.make(image, JobContext.Null));
        scheduler.schedule(Instant.now().plusSeconds(600), () -> thumbnails.make(image, JobContext.Null));
        scheduler.enqueue(images.stream(), (String one) -> thumbnails.make(one, JobContext.Null));
    }

    static void errand(TaskSender tasks, String image, List<String> images) {
        tasks.send("thumbnail.make", image);
        tasks.send("thumbnail.make", image, TaskOptions.none().countdown(Duration.ofMinutes(10)));
        tasks.sendAll("thumbnail.make", images, TaskOptions.none());
    }
}
