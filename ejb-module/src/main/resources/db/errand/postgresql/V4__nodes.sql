-- The application that has the task's handler; '' until it is known. Each application's nodes search for their own tasks, so
-- that the waiting tasks of another one cost them nothing. Nodes of the earlier version write ''.
ALTER TABLE errand_task ADD COLUMN application VARCHAR(50) DEFAULT '' NOT NULL;

-- The time at which a task became PARKED; null for one that was sent as PARKED.
ALTER TABLE errand_task ADD COLUMN parked_at BIGINT;
UPDATE errand_task SET parked_at = CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT) WHERE state = 'PARKED';

-- For features to come; no code reads them yet. Times are milliseconds.
ALTER TABLE errand_task ADD COLUMN title VARCHAR(255);
ALTER TABLE errand_task ADD COLUMN tags VARCHAR(1100);
ALTER TABLE errand_task ADD COLUMN schedule VARCHAR(255);
ALTER TABLE errand_task ADD COLUMN workflow VARCHAR(255);
ALTER TABLE errand_task ADD COLUMN step VARCHAR(255);
ALTER TABLE errand_task ADD COLUMN limit_key VARCHAR(255);
ALTER TABLE errand_task ADD COLUMN argument_version INTEGER;
ALTER TABLE errand_task ADD COLUMN trace_context VARCHAR(1000);
ALTER TABLE errand_task ADD COLUMN time_limit BIGINT;
ALTER TABLE errand_task ADD COLUMN unique_until BIGINT;

-- Due tasks of one queue, and wake-ups in the order of time. The second index has an expression, so that only the statements
-- that contain it use the index: with the column itself, the planner would use it for the tasks of one queue as well, and
-- read all waiting tasks of other queues.
DROP INDEX errand_task_due;
CREATE INDEX errand_task_due ON errand_task (application, queue, priority, wake_at) WHERE wake_at IS NOT NULL;
DROP INDEX errand_task_wake;
CREATE INDEX errand_task_wake ON errand_task (application, (wake_at + 0)) WHERE wake_at IS NOT NULL;

-- The deployments of Errand that share the tables. A row without a recent seen_at is of a node that is dead. A row with
-- started_at 0 is of a node that has stopped, and keeps what an administrator has set.
CREATE TABLE errand_node (
    node        VARCHAR(100) NOT NULL PRIMARY KEY,
    server      VARCHAR(100) NOT NULL,
    application VARCHAR(50)  NOT NULL,
    version     VARCHAR(100) NOT NULL,
    role        VARCHAR(10)  NOT NULL,
    handlers    TEXT         NOT NULL,
    queues      TEXT         NOT NULL,
    concurrency INTEGER      NOT NULL,
    running     INTEGER      NOT NULL,
    -- set by an administrator, in place of errand.concurrency
    wanted      INTEGER,
    started_at  BIGINT       NOT NULL,
    seen_at     BIGINT       NOT NULL
);

-- The application of each task, also while that application is stopped.
CREATE TABLE errand_handler (
    task        VARCHAR(255) NOT NULL PRIMARY KEY,
    application VARCHAR(50)  NOT NULL,
    claimed_at  BIGINT       NOT NULL,
    -- the applications that had the task, separated by blanks, until its waiting tasks have followed
    moved_from  VARCHAR(1000)
);
CREATE INDEX errand_handler_application ON errand_handler (application);
