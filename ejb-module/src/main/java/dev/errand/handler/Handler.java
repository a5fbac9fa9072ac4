package dev.errand.handler;

import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import dev.errand.api.TaskHandler;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A task that is loaded: the settings of its class, and the bean to call. Immutable; thread-safe.
 *
 * @param timeLimit null if there is none
 * @param transactional whether it runs in a transaction that includes its outcome
 * @param bean returns the session bean's proxy
 */
public record Handler(
        String task,
        String className,
        String module,
        String queue,
        int priority,
        Duration timeLimit,
        Type argumentType,
        boolean transactional,
        Policy policy,
        Supplier<TaskHandler<Object, Object>> bean) {

    /** Returns the handler with this time limit, unless it has one of its own. */
    public Handler orTimeLimit(Duration other) {
        return timeLimit != null || other == null
                ? this
                : new Handler(
                        task, className, module, queue, priority, other, argumentType, transactional, policy, bean);
    }

    public HandlerInfo info() {
        return new HandlerInfo(
                task,
                className,
                module,
                queue,
                priority,
                timeLimit,
                argumentType.getTypeName(),
                transactional,
                policy.info(),
                HandlerHold.none(task));
    }
}
