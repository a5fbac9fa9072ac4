-- What an administrator has set for a queue: tasks at once per node, places per node that only this queue uses, the most
-- waiting tasks, and the time limit in milliseconds of tasks whose handler has none. settings is true if one of them is set.
ALTER TABLE errand_queue ADD COLUMN concurrency INTEGER;
ALTER TABLE errand_queue ADD COLUMN reserved INTEGER;
ALTER TABLE errand_queue ADD COLUMN max_pending BIGINT;
ALTER TABLE errand_queue ADD COLUMN time_limit BIGINT;
ALTER TABLE errand_queue ADD COLUMN settings BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX errand_queue_settings ON errand_queue (settings, name);

-- Task names that are paused, by an administrator or by their fuse. Their waiting tasks have a wake_at beyond all times.
ALTER TABLE errand_handler ADD COLUMN paused BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE errand_handler ADD COLUMN paused_by VARCHAR(255);
ALTER TABLE errand_handler ADD COLUMN paused_at BIGINT;
ALTER TABLE errand_handler ADD COLUMN fuse_at BIGINT;
ALTER TABLE errand_handler ADD COLUMN fuse_error VARCHAR(255);
-- when the next task tries whether the fuse can close, and the task that tries
ALTER TABLE errand_handler ADD COLUMN probe_at BIGINT;
ALTER TABLE errand_handler ADD COLUMN probe VARCHAR(255);

-- The latest failures of tasks with a fuse.
CREATE TABLE errand_fuse_failure (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    task       VARCHAR(255) NOT NULL,
    error_type VARCHAR(255) NOT NULL,
    at         BIGINT       NOT NULL
);
CREATE INDEX errand_fuse_failure_task ON errand_fuse_failure (task, error_type, at);

-- The queues that a node serves, separated by blanks; null: all. wanted_queues is set by an administrator, in place of
-- errand.queues and errand.queues.except. stuck: runs that are past their time limit and do not end.
ALTER TABLE errand_node ADD COLUMN wanted_queues TEXT;
ALTER TABLE errand_node ADD COLUMN serves TEXT;
ALTER TABLE errand_node ADD COLUMN serves_not TEXT;
ALTER TABLE errand_node ADD COLUMN stuck TEXT;

ALTER TABLE errand_audit ADD COLUMN handler VARCHAR(255);
ALTER TABLE errand_audit ADD COLUMN node VARCHAR(100);
