-- Wake-ups in the order of time. The index has an expression, so that only the statements that contain it use the index: with
-- the column itself, the planner would use it for the tasks of one queue as well, and read all waiting tasks of other queues.
CREATE INDEX errand_task_wake ON errand_task ((wake_at + 0)) WHERE wake_at IS NOT NULL;

-- The tasks of a node, for its start and its stop.
CREATE INDEX errand_task_node ON errand_task (node, wake_at) WHERE node IS NOT NULL AND wake_at IS NOT NULL;

-- Lists of one state at a time. Each index costs each task, so none has the task or the queue. A sort by id remains for the
-- tasks that were created in the same millisecond.
CREATE INDEX errand_task_state_created ON errand_task (state, created_at);

-- Parked tasks, for the deployment of their handler. The index has an expression, for the same reason.
CREATE INDEX errand_task_parked ON errand_task ((CASE WHEN state = 'PARKED' THEN task END))
    WHERE (CASE WHEN state = 'PARKED' THEN task END) IS NOT NULL;

DROP INDEX errand_task_created;
DROP INDEX errand_task_state;

CREATE INDEX errand_queue_paused ON errand_queue (name) WHERE paused = TRUE;

-- Waiting tasks by their expiry, whatever they wait for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at) WHERE expires_at IS NOT NULL;

-- The time of the last send to a queue, to the hour: unused queues are deleted.
ALTER TABLE errand_queue ADD COLUMN used_at BIGINT;
UPDATE errand_queue SET used_at = CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT);
