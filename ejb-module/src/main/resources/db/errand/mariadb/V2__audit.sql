-- Who did what to a task or a queue. That a task was sent, and by whom, is in errand_task.
CREATE TABLE errand_audit (
    id      VARCHAR(36)  NOT NULL PRIMARY KEY,
    at      BIGINT       NOT NULL,
    who     VARCHAR(255),
    action  VARCHAR(8)   NOT NULL,
    task_id VARCHAR(255),
    queue   VARCHAR(100)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX errand_audit_task ON errand_audit (task_id, at);

ALTER TABLE errand_queue ADD COLUMN paused_by VARCHAR(255);
ALTER TABLE errand_queue ADD COLUMN paused_at BIGINT;
