package dev.errand.api;

import java.util.Collection;
import java.util.List;

/**
 * Sends tasks. Inject it in a servlet, an EJB, a CDI bean or a REST resource. Thread-safe.
 *
 * <p>It joins the caller's JTA transaction: commit, and the task will run; roll back, and it was never sent. Without a
 * transaction it returns when the task is durable.
 *
 * <p>Only the name is needed, not the handler's class: a task that no deployed handler has is kept as PARKED, and runs when
 * a handler of that name is deployed.
 *
 * <p>An argument is anything that can be written as JSON. A {@link TaskValue} is sent as the JSON text that it is.
 *
 * <p>Each method throws, before anything is written: {@link InvalidTaskNameException}, {@link ArgumentNotSerializableException},
 * {@link ArgumentTooLargeException}, {@link DuplicateTaskException}, {@link TaskExpiredException},
 * {@link InvalidOptionException}; and {@link SendFailedException} if the database does not take it.
 */
public interface TaskSender {

    /** Sends a task with the handler's own settings; returns its id. */
    String send(String task, Object argument);

    /** Sends a task; returns its id. */
    String send(String task, Object argument, TaskOptions options);

    /** Sends the task that this handler class is for, its argument checked by the compiler; returns its id. */
    <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument);

    /** Sends the task that this handler class is for, its argument checked by the compiler; returns its id. */
    <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument, TaskOptions options);

    /**
     * Sends one task an argument, all in one transaction; thousands are fine. Returns their ids in the order of the arguments.
     * The options hold for each, so an id or a unique key is refused where there is more than one argument.
     */
    List<String> sendAll(String task, Collection<?> arguments, TaskOptions options);

    /** The largest argument, in bytes of JSON as UTF-8 ({@code errand.argument.max-bytes}): what is larger is refused. */
    int maxArgumentBytes();
}
