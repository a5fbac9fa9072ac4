package dev.errand.api;

import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a task, and the mark of the stateless session bean that handles it.
 *
 * <pre>{@code
 * @Stateless
 * @Task("example.echo")
 * public class EchoTask implements TaskHandler<String, Void> { … }
 * }</pre>
 *
 * <p>The annotation is a CDI qualifier: only the name distinguishes handlers, the other members are settings. It is also a
 * stereotype, so that CDI examines each class that carries it. A class with {@code @Task} that is not a session bean is
 * therefore refused with a message at deployment, and not silently ignored.
 */
@Qualifier
@Stereotype
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface Task {

    /** The default of {@link #queue()}. */
    String DEFAULT_QUEUE = "default";

    /** The default of {@link #priority()}, as in JMS. */
    int DEFAULT_PRIORITY = 4;

    /** The name, {@code NAME.function} as in Celery: visible ASCII, no blanks, 255 characters at most. */
    String value();

    /** The queue in which the task waits unless the sender names another; default "default". */
    @Nonbinding
    String queue() default DEFAULT_QUEUE;

    /** The priority, 0 (lowest) to 9 (highest), as in JMS; default 4. */
    @Nonbinding
    int priority() default DEFAULT_PRIORITY;

    /**
     * The longest time that one run may take, as an ISO-8601 duration ("PT30S"). After it, the handler's thread is
     * interrupted, and the run counts as failed with a {@link TimeLimitExceededException}. Default: no limit except the
     * server's transaction time-out.
     */
    @Nonbinding
    String timeLimit() default "";

    /**
     * The annotation as a value, for programmatic look-up: {@code instance.select(Task.Literal.of("example.echo"))}.
     * Immutable.
     */
    final class Literal extends AnnotationLiteral<Task> implements Task {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public String queue() {
            return DEFAULT_QUEUE;
        }

        @Override
        public int priority() {
            return DEFAULT_PRIORITY;
        }

        @Override
        public String timeLimit() {
            return "";
        }
    }
}
