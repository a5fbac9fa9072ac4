-- The application that has the task's handler; '' until it is known. Each application's nodes search for their own tasks, so
-- that the waiting tasks of another one cost them nothing. Nodes of the earlier version write ''.
ALTER TABLE errand_task ADD COLUMN application VARCHAR(50) DEFAULT '' NOT NULL;

-- The time at which a task became PARKED; null for one that was sent as PARKED.
ALTER TABLE errand_task ADD COLUMN parked_at BIGINT;
UPDATE errand_task SET parked_at = CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) WHERE state = 'PARKED';

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

-- Due tasks of one queue, and wake-ups in the order of time. The names stay, without a moment in which an index is missing:
-- statements of the earlier version name them.
ALTER TABLE errand_task DROP INDEX errand_task_due,
    ADD INDEX errand_task_due (application, queue, priority, wake_at),
    DROP INDEX errand_task_wake,
    ADD INDEX errand_task_wake (application, wake_at, queue, priority);

-- The deployments of Errand that share the tables. A row without a recent seen_at is of a node that is dead. A row with
-- started_at 0 is of a node that has stopped, and keeps what an administrator has set.
CREATE TABLE errand_node (
    node        VARCHAR(100) NOT NULL PRIMARY KEY,
    server      VARCHAR(100) NOT NULL,
    application VARCHAR(50)  NOT NULL,
    version     VARCHAR(100) NOT NULL,
    role        VARCHAR(10)  NOT NULL,
    handlers    LONGTEXT     NOT NULL,
    queues      LONGTEXT     NOT NULL,
    concurrency INTEGER      NOT NULL,
    running     INTEGER      NOT NULL,
    -- set by an administrator, in place of errand.concurrency
    wanted      INTEGER,
    started_at  BIGINT       NOT NULL,
    seen_at     BIGINT       NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The application of each task, also while that application is stopped.
CREATE TABLE errand_handler (
    task        VARCHAR(255) NOT NULL PRIMARY KEY,
    application VARCHAR(50)  NOT NULL,
    claimed_at  BIGINT       NOT NULL,
    -- the applications that had the task, separated by blanks, until its waiting tasks have followed
    moved_from  VARCHAR(1000)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX errand_handler_application ON errand_handler (application);
