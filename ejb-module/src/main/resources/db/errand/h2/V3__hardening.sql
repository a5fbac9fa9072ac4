-- Wake-ups in the order of time.
CREATE INDEX errand_task_wake ON errand_task (wake_at, queue, priority);

-- The tasks of a node: looked for when it starts and stops.
CREATE INDEX errand_task_node ON errand_task (node, wake_at);

-- Lists, a state at a time. H2 reads no index backwards.
CREATE INDEX errand_task_newest ON errand_task (state, created_at DESC, id DESC);
CREATE INDEX errand_task_by_task ON errand_task (task, state, created_at DESC, id DESC);
CREATE INDEX errand_task_by_queue ON errand_task (queue, state, created_at DESC, id DESC);
DROP INDEX errand_task_created;

CREATE INDEX errand_queue_paused ON errand_queue (paused, name);

-- A task that waits is looked for when it expires, whatever it waits for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at);
