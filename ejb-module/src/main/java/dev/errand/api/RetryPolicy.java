package dev.errand.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which exceptions of a handler are retried by themselves, how often and after how long; Celery's {@code autoretry_for}.
 * Without it an exception means FAILURE at once. A handler that throws {@link TaskContext#retry} itself gets its defaults
 * from here too.
 *
 * <p>The wait before retry n (from 0) is {@code min(maxCountdown, countdown × backoff^n)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RetryPolicy {

    /** Exceptions to retry, subclasses included; default none. */
    Class<? extends Throwable>[] on() default {};

    /** Exceptions not to retry although {@link #on()} has them, subclasses included; default none. */
    Class<? extends Throwable>[] except() default {};

    /** Retries after the first run: 3 (Celery's default) means 4 runs at most; -1: no limit. */
    int maxRetries() default 3;

    /** The wait before the first retry, an ISO-8601 duration; default three minutes, as in Celery. */
    String countdown() default "PT3M";

    /** The factor by which each wait is longer than the one before, 1.0 or more; default 1.0: always the same. */
    double backoff() default 1.0;

    /** No wait is longer than this ISO-8601 duration; default an hour. */
    String maxCountdown() default "PT1H";

    /** Whether each wait is drawn at random between 0 and the computed one (Celery's full jitter); default false. */
    boolean jitter() default false;
}
