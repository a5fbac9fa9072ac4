package dev.errand.docs.jobrunr;

import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.context.JobContext;

public class ThumbnailService {
    @Job(name = "Thumbnail of %0", retries = 3)
    public void make(String image, JobContext context) {
        context.logger().info("Reading " + image);
        context.progressBar(2).setProgress(1);
    }
}
