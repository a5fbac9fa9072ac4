-- Wake-ups in the order of time.
CREATE INDEX errand_task_wake ON errand_task (wake_at, queue, priority);

-- The tasks of a node, for its start and its stop.
CREATE INDEX errand_task_node ON errand_task (node, wake_at);

-- Lists of one state at a time. H2 reads no index backwards.
CREATE INDEX errand_task_newest ON errand_task (state, created_at DESC, id DESC);
DROP INDEX errand_task_created;

-- Parked tasks, for the deployment of their handler.
ALTER TABLE errand_task ADD COLUMN parked_task VARCHAR(255)
    GENERATED ALWAYS AS (CASE WHEN state = 'PARKED' THEN task END);
CREATE INDEX errand_task_parked ON errand_task (parked_task);

CREATE INDEX errand_queue_paused ON errand_queue (paused, name);

-- Waiting tasks by their expiry, whatever they wait for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at);

-- The time of the last send to a queue, to the hour: unused queues are deleted.
ALTER TABLE errand_queue ADD COLUMN used_at BIGINT;
UPDATE errand_queue SET used_at = CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT);
