package dev.errand.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A limit of the runs of a task, on its handler's class, held over all nodes that share the tables. Repeatable: a run needs the
 * permission of each.
 *
 * <pre>{@code
 * @Stateless
 * @Task("sms.send")
 * @Limit(name = "sms-gateway", rate = "100/m", concurrency = 5)
 * @Limit(name = "sms-per-customer", by = "/customer", concurrency = 1)
 * public class SmsTask implements TaskHandler<Sms, Receipt> { … }
 * }</pre>
 *
 * <p>A task over its limit waits in the table. It costs no retry, and starts by itself when its turn comes: first the higher
 * priority, then the earlier sending. An administrator changes the values at run time ({@link TaskLimits}). A wrong value stops
 * the deployment, with the name of the class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Limit.List.class)
public @interface Limit {

    /**
     * The name, 1 to 255 visible ASCII characters without blanks; default: the name of the task. Handlers with limits of one
     * name share that limit, and declare the same values.
     */
    String name() default "";

    /**
     * The largest number of starts per unit of time, a number from 1 to 1,000,000 with {@code s}, {@code m}, {@code h} or
     * {@code d}: {@code "100/m"}. The starts are spread evenly over the unit. Default: no limit.
     */
    String rate() default "";

    /**
     * The number of starts that may follow at once after a quiet time, 1 to 1,000,000. No window of time has more starts than
     * its part of the rate, and this number. Default (0): the starts of a tenth of a second, but at least 1.
     */
    int burst() default 0;

    /**
     * The largest number of runs at the same time, 1 to 10,000. Default (0): no limit. With 1, tasks run in the order in which
     * they were sent, apart from their priority.
     */
    int concurrency() default 0;

    /**
     * A JSON pointer into the argument ({@code "/customer"}): each value that it finds has a limit of its own. Tasks whose
     * argument lacks the value share one. Default: one limit for all tasks.
     */
    String by() default "";

    /** The container of several annotations. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface List {
        Limit[] value();
    }
}
