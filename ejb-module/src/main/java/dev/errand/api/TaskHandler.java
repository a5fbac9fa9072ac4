package dev.errand.api;

/**
 * The work of a task: a {@code @Stateless} session bean with a {@link Task} qualifier, in any module of the EAR.
 *
 * <p>The handler's own {@code @TransactionAttribute} decides how it runs:
 * <ul>
 *   <li>REQUIRED (the default of EJB): the handler's work on the database and the task's outcome are one transaction, so they
 *       happen <em>exactly once</em>, even after a crash. Its effects elsewhere may happen again: a run may be rolled back
 *       for reasons outside the handler, and short tasks that wait share one transaction ({@code errand.batch.max}).
 *   <li>NOT_SUPPORTED: the handler runs outside a transaction, <em>at least once</em>. Use it for work that takes long or
 *       that calls other systems.
 * </ul>
 *
 * @param <A> the argument: any JSON-serialisable type (String, numbers, lists, maps, beans, records, java.time, Optional,
 *     enums)
 * @param <R> the result, likewise; {@code Void} for none
 */
public interface TaskHandler<A, R> {

    /**
     * Does the work.
     *
     * @return the result, kept with the task as JSON; may be null
     * @throws Exception ends the task in FAILURE, unless the handler's {@link RetryPolicy} retries it; a {@link TaskRetry}
     *     (from {@link TaskContext#retry}) asks for one more run
     */
    R handle(A argument, TaskContext task) throws Exception;
}
