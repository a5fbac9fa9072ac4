-- Wake-ups in the order of time.
CREATE INDEX errand_task_wake ON errand_task (wake_at, queue, priority);

-- Lists use errand_task_state, one state at a time, because each index costs each task.
DROP INDEX errand_task_created ON errand_task;

-- Parked tasks, for the deployment of their handler.
ALTER TABLE errand_task ADD COLUMN parked_task VARCHAR(255)
    GENERATED ALWAYS AS (CASE WHEN state = 'PARKED' THEN task END) VIRTUAL;
CREATE INDEX errand_task_parked ON errand_task (parked_task);

CREATE INDEX errand_queue_paused ON errand_queue (paused, name);

-- Waiting tasks by their expiry, whatever they wait for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at);

-- The time of the last send to a queue, to the hour: unused queues are deleted.
ALTER TABLE errand_queue ADD COLUMN used_at BIGINT;
UPDATE errand_queue SET used_at = CAST(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000 AS SIGNED);
