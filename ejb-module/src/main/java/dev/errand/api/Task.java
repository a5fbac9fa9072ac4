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
 * Names a task and marks the stateless session bean that handles it.
 *
 * <pre>{@code
 * @Stateless
 * @Task("example.echo")
 * public class EchoTask implements TaskHandler<String, Void> { … }
 * }</pre>
 *
 * <p>The annotation is a CDI qualifier: the name alone tells one handler from another, the other members are settings.
 * It is a stereotype too, only so that CDI looks at every class that carries it: a class that somebody forgot to make a
 * session bean is then refused with a message at deployment, and not passed over in silence.
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

    /** The queue that the task waits in unless the sender says otherwise; default "default". */
    @Nonbinding
    String queue() default DEFAULT_QUEUE;

    /** 0 (lowest) to 9 (highest), as in JMS; default 4. */
    @Nonbinding
    int priority() default DEFAULT_PRIORITY;

    /**
     * How long one run may take, as an ISO-8601 duration ("PT30S"). Then the handler's thread is interrupted, and the run
     * counts as failed with a {@link TimeLimitExceededException}. Default: no limit but the server's transaction time-out.
     */
    @Nonbinding
    String timeLimit() default "";

    /** For programmatic look-up: {@code instance.select(Task.Literal.of("example.echo"))}. Immutable. */
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
