package dev.errand.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The exceptions of a handler that are retried automatically, with the number of retries and the waits between them. It
 * corresponds to Celery's {@code autoretry_for}. Without it, an exception ends the task in FAILURE at once. A handler that
 * throws {@link TaskContext#retry} itself takes its defaults from here as well.
 *
 * <p>The wait before retry n (from 0) is {@code min(maxCountdown, countdown × backoff^n)}, or the value of
 * {@link #countdowns()}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RetryPolicy {

    /** Exceptions to retry, subclasses included, except those that are {@link NotRetried}; default: none. */
    Class<? extends Throwable>[] on() default {};

    /** Exceptions that are not retried although {@link #on()} includes them, subclasses included; default: none. */
    Class<? extends Throwable>[] except() default {};

    /** The largest number of retries after the first run. The default 3 (Celery's) allows 4 runs; -1: no limit. */
    int maxRetries() default 3;

    /** The wait before the first retry, an ISO-8601 duration; default: three minutes, as in Celery. */
    String countdown() default "PT3M";

    /** The factor between one wait and the next, 1.0 or more; default 1.0: all waits are equal. */
    double backoff() default 1.0;

    /** The longest wait, an ISO-8601 duration; default: an hour. */
    String maxCountdown() default "PT1H";

    /**
     * The waits one by one, as ISO-8601 durations: {@code {"PT1S", "PT10S", "PT5M"}}. The first retry waits for the first value, and
     * so on; each retry after the last value waits for that one. {@link #maxRetries()} still limits the number of retries. It replaces
     * {@link #countdown()}, {@link #backoff()} and {@link #maxCountdown()}, which must keep their defaults. Default: none.
     */
    String[] countdowns() default {};

    /** Whether each wait is drawn at random between 0 and the computed wait (Celery's full jitter); default: false. */
    boolean jitter() default false;
}
