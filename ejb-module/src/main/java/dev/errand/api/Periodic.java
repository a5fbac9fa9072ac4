package dev.errand.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A schedule of a task, on its handler's class. Repeatable; each but one then needs a name.
 *
 * <pre>{@code
 * @Stateless
 * @Task("reports.nightly")
 * @Periodic(cron = "30 2 * * *", zone = "Europe/Berlin")
 * public class NightlyReport implements TaskHandler<Void, Void> { … }
 * }</pre>
 *
 * <p>One of {@link #cron} and {@link #every} is required. The schedules of an application are compared with the table when it
 * is deployed: new ones are added, changed ones are changed, and those that the code no longer has are removed. A pause
 * survives. A wrong value stops the deployment, with the name of the class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Periodic.List.class)
public @interface Periodic {

    /** The name, 1 to 200 visible ASCII characters without blanks; default: the name of the task. */
    String name() default "";

    /** A cron expression; see {@link Schedule#cron(String)}. */
    String cron() default "";

    /** A fixed interval as an ISO-8601 duration ("PT15M"), in whole seconds. */
    String every() default "";

    /** The zone of the cron expression ("Europe/Berlin"); default UTC. */
    String zone() default "UTC";

    /** The argument of each task, as JSON text; default: null. */
    String argument() default "";

    /** The queue; default: the handler's. */
    String queue() default "";

    /** The priority, 0 (lowest) to 9 (highest); default (-1): the handler's. */
    int priority() default -1;

    /** The treatment of instants at which no node was at work; default {@link Misfire#ONCE}. */
    Misfire misfire() default Misfire.ONCE;

    /** The treatment of an instant that comes while the last task is not finished; default {@link Overlap#SKIP}. */
    Overlap overlap() default Overlap.SKIP;

    /** The first instant at which it may fire, ISO-8601 with an offset; default: no limit. */
    String from() default "";

    /** The last instant at which it may fire, ISO-8601 with an offset; default: no limit. */
    String until() default "";

    /** The longest random delay of each task ("PT30S"), against many tasks at the same second; default: none. */
    String jitter() default "";

    /** The container of several annotations. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface List {
        Periodic[] value();
    }
}
