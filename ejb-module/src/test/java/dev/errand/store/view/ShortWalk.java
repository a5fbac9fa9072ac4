package dev.errand.store.view;

/** Lists that read few tasks for a filter that no index supports, so that few tasks are many. */
public final class ShortWalk {
    private ShortWalk() {}

    public static TaskQueries of(TaskQueries queries, int mostRead) {
        queries.mostRead = mostRead;
        return queries;
    }
}
