-- Wake-ups in the order of time. By an expression, so that only the statements that mean this index get it: on the column
-- itself the planner would take it for the tasks of one queue, too, and read all that waits in others.
CREATE INDEX errand_task_wake ON errand_task ((wake_at + 0)) WHERE wake_at IS NOT NULL;

-- The tasks of a node: looked for when it starts and stops.
CREATE INDEX errand_task_node ON errand_task (node, wake_at) WHERE node IS NOT NULL AND wake_at IS NOT NULL;

-- Lists, a state at a time. Each index costs each task: so none has the task or the queue, and the id is left to a sort of the
-- tasks that were created in the same millisecond.
CREATE INDEX errand_task_state_created ON errand_task (state, created_at);

-- What a handler finds when it is deployed. By an expression, for the same reason.
CREATE INDEX errand_task_parked ON errand_task ((CASE WHEN state = 'PARKED' THEN task END))
    WHERE (CASE WHEN state = 'PARKED' THEN task END) IS NOT NULL;

DROP INDEX errand_task_created;
DROP INDEX errand_task_state;

CREATE INDEX errand_queue_paused ON errand_queue (name) WHERE paused = TRUE;

-- A task that waits is looked for when it expires, whatever it waits for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at) WHERE expires_at IS NOT NULL;

-- When a task was last sent to a queue, to the hour: a queue that is not used is forgotten.
ALTER TABLE errand_queue ADD COLUMN used_at BIGINT;
UPDATE errand_queue SET used_at = CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT);
