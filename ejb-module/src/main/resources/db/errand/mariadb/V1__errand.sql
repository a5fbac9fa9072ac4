-- Times are milliseconds since 1970 (UTC). wake_at says when somebody must look at the record next; see docs/design.md.
-- Names and keys differ by case, and 'a' is not 'a ', whatever the server's default collation.
CREATE TABLE errand_task (
    id               VARCHAR(255)  NOT NULL PRIMARY KEY,
    task             VARCHAR(255)  NOT NULL,
    queue            VARCHAR(100)  NOT NULL,
    state            VARCHAR(8)    NOT NULL,
    priority         INTEGER       NOT NULL,
    run              INTEGER       NOT NULL,
    retries          INTEGER       NOT NULL,
    max_retries      INTEGER,
    crashes          INTEGER       NOT NULL,
    wake_at          BIGINT,
    due_at           BIGINT        NOT NULL,
    expires_at       BIGINT,
    created_at       BIGINT        NOT NULL,
    started_at       BIGINT,
    finished_at      BIGINT,
    node             VARCHAR(100),
    sent_by          VARCHAR(255),
    unique_key       VARCHAR(255),
    live_key         VARCHAR(255),
    argument         LONGTEXT,
    result           LONGTEXT,
    error_type       VARCHAR(500),
    error_message    LONGTEXT,
    error_trace      LONGTEXT,
    progress_done    BIGINT,
    progress_total   BIGINT,
    progress_message VARCHAR(1000)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX errand_task_due ON errand_task (queue, priority, wake_at);
CREATE UNIQUE INDEX errand_task_live_key ON errand_task (live_key);
CREATE INDEX errand_task_created ON errand_task (created_at, id);
CREATE INDEX errand_task_state ON errand_task (state, created_at, id);
-- What a node has is looked for when it starts and stops; without this MariaDB locks all that waits while it looks.
CREATE INDEX errand_task_node ON errand_task (node, wake_at);

-- The runs before the last one; the last one is in errand_task.
CREATE TABLE errand_run (
    task_id       VARCHAR(255) NOT NULL,
    run           INTEGER      NOT NULL,
    node          VARCHAR(100),
    started_at    BIGINT,
    finished_at   BIGINT,
    state         VARCHAR(8)   NOT NULL,
    error_type    VARCHAR(500),
    error_message LONGTEXT,
    error_trace   LONGTEXT,
    PRIMARY KEY (task_id, run)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Transactional runs that last: their own row is locked, so what people want to see of them is here.
CREATE TABLE errand_running (
    task_id          VARCHAR(255) NOT NULL PRIMARY KEY,
    run              INTEGER      NOT NULL,
    node             VARCHAR(100) NOT NULL,
    started_at       BIGINT       NOT NULL,
    seen_at          BIGINT       NOT NULL,
    progress_done    BIGINT,
    progress_total   BIGINT,
    progress_message VARCHAR(1000)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE errand_log (
    task_id  VARCHAR(255)  NOT NULL,
    run      INTEGER       NOT NULL,
    line     BIGINT        NOT NULL,
    at       BIGINT        NOT NULL,
    message  VARCHAR(1000) NOT NULL,
    PRIMARY KEY (task_id, run, line)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Somebody asked for a running task to stop.
CREATE TABLE errand_revocation (
    task_id      VARCHAR(255) NOT NULL PRIMARY KEY,
    requested_at BIGINT       NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE errand_queue (
    name   VARCHAR(100) NOT NULL PRIMARY KEY,
    paused BOOLEAN      NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- For the sample servlet, POST /tasks/sample/datasets.
CREATE TABLE errand_sample_dataset (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    name       VARCHAR(200) NOT NULL,
    created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
