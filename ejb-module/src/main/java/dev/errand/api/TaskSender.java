package dev.errand.api;

import java.util.Collection;
import java.util.List;

/**
 * Sends tasks. Inject it in a servlet, an EJB, a CDI bean or a REST resource. Thread-safe.
 *
 * <p>It joins the caller's JTA transaction: after a commit, the task runs; after a rollback, it was never sent. Without a
 * transaction, each method returns when the task is durable.
 *
 * <p>Only the name of the task is needed, not the class of its handler. A task without a deployed handler is kept as PARKED,
 * and runs when a handler of that name is deployed.
 *
 * <p>An argument is any value that can be written as JSON. A {@link TaskValue} is sent as the JSON text that it is.
 *
 * <p>Each method throws, before anything is written: {@link InvalidValueException},
 * {@link InvalidValueException}, {@link ArgumentTooLargeException}, {@link DuplicateTaskException},
 * {@link InvalidValueException}, {@link InvalidValueException}; and {@link DatabaseUnavailableException} if the database does not
 * accept the task.
 */
public interface TaskSender {

    /** Sends a task with the handler's own settings, and returns its id. */
    String send(String task, Object argument);

    /** Sends a task, and returns its id. */
    String send(String task, Object argument, TaskOptions options);

    /** Sends the task of this handler class, and returns its id. The compiler checks the argument. */
    <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument);

    /** Sends the task of this handler class, and returns its id. The compiler checks the argument. */
    <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument, TaskOptions options);

    /**
     * Sends one task per argument, all in one transaction; thousands are fine. Returns their ids in the order of the
     * arguments. The options apply to each task, so an id or a unique key is refused if there is more than one argument.
     */
    List<String> sendAll(String task, Collection<?> arguments, TaskOptions options);

    /**
     * Sends different tasks with options of their own, all in one transaction. Returns their ids in the order of the list: for a
     * task that is a duplicate, the id that {@link OnDuplicate} says. Of two tasks in the list with one unique key, the later one
     * is the duplicate.
     *
     * <p>An exception has the number of the first wrong task, from 0, as {@link ErrandException#index()}. If an id or a key is
     * taken by another transaction at this moment, a transaction of the caller is lost.
     */
    List<String> sendAll(List<TaskRequest> tasks);

    /** Returns the size of the largest argument allowed, in bytes of JSON as UTF-8 ({@code errand.argument.max-bytes}). */
    int maxArgumentBytes();
}
