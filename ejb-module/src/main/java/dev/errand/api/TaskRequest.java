package dev.errand.api;

/**
 * A task to send with others by {@link TaskSender#sendAll(java.util.List)}:
 * {@code TaskRequest.of("example.echo", "Hello", TaskOptions.none().priority(9))}. Immutable if its argument is.
 *
 * @param task the name of the task
 * @param argument any value that can be written as JSON; may be null
 * @param options null stands for {@link TaskOptions#none()}
 */
public record TaskRequest(String task, Object argument, TaskOptions options) {

    public TaskRequest {
        options = options == null ? TaskOptions.none() : options;
    }

    /** Creates a request with the handler's own settings. */
    public static TaskRequest of(String task, Object argument) {
        return new TaskRequest(task, argument, TaskOptions.none());
    }

    /** Creates a request with options. */
    public static TaskRequest of(String task, Object argument, TaskOptions options) {
        return new TaskRequest(task, argument, options);
    }
}
