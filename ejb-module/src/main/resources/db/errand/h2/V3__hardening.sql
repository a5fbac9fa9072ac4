-- Wake-ups in the order of time.
CREATE INDEX errand_task_wake ON errand_task (wake_at, queue, priority);

-- The tasks of a node: looked for when it starts and stops.
CREATE INDEX errand_task_node ON errand_task (node, wake_at);

-- Lists, a state at a time. H2 reads no index backwards.
CREATE INDEX errand_task_newest ON errand_task (state, created_at DESC, id DESC);
DROP INDEX errand_task_created;

-- What a handler finds when it is deployed.
ALTER TABLE errand_task ADD COLUMN parked_task VARCHAR(255)
    GENERATED ALWAYS AS (CASE WHEN state = 'PARKED' THEN task END);
CREATE INDEX errand_task_parked ON errand_task (parked_task);

CREATE INDEX errand_queue_paused ON errand_queue (paused, name);

-- A task that waits is looked for when it expires, whatever it waits for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at);

-- When a task was last sent to a queue, to the hour: a queue that is not used is forgotten.
ALTER TABLE errand_queue ADD COLUMN used_at BIGINT;
UPDATE errand_queue SET used_at = CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT);
