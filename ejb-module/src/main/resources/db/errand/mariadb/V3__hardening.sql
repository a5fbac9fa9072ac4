-- Wake-ups in the order of time.
CREATE INDEX errand_task_wake ON errand_task (wake_at, queue, priority);

-- Lists go by errand_task_state, a state at a time: each index costs each task.
DROP INDEX errand_task_created ON errand_task;

-- What a handler finds when it is deployed.
ALTER TABLE errand_task ADD COLUMN parked_task VARCHAR(255)
    GENERATED ALWAYS AS (CASE WHEN state = 'PARKED' THEN task END) VIRTUAL;
CREATE INDEX errand_task_parked ON errand_task (parked_task);

CREATE INDEX errand_queue_paused ON errand_queue (paused, name);

-- A task that waits is looked for when it expires, whatever it waits for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at);

-- When a task was last sent to a queue, to the hour: a queue that is not used is forgotten.
ALTER TABLE errand_queue ADD COLUMN used_at BIGINT;
UPDATE errand_queue SET used_at = CAST(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000 AS SIGNED);
