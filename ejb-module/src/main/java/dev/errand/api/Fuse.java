package dev.errand.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fuse for the tasks of a handler. It blows after a number of runs that have failed with an exception of the same class within
 * a time, on all nodes together: then the tasks of that name wait, as if an administrator had paused them. From time to time one
 * of them runs as a probe. If it succeeds, all run again; if it fails, the others continue to wait.
 *
 * <p>Each run that ends with an exception counts, also one that is retried. A run that the handler ends by
 * {@code task.snooze(…)} or {@code task.cancel(…)} does not count, and neither does a run that was revoked.
 *
 * <pre>{@code
 * @Stateless
 * @Task("sms.send")
 * @Fuse(failures = 10, within = "PT1M", retryAfter = "PT5M")
 * public class SmsTask implements TaskHandler<Sms, Void> { … }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fuse {
    /** The number of failures after which the fuse blows, 1 to 1,000. */
    int failures() default 10;

    /** The time within which they happen, an ISO-8601 duration of at most a day. */
    String within() default "PT1M";

    /** The time after which a task tries again, an ISO-8601 duration from one second to 30 days. */
    String retryAfter() default "PT5M";
}
