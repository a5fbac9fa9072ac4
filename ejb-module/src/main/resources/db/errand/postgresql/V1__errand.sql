-- Times are milliseconds since 1970 (UTC). wake_at says when somebody must look at the record next; see docs/design.md.
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
    argument         TEXT,
    result           TEXT,
    error_type       VARCHAR(500),
    error_message    TEXT,
    error_trace      TEXT,
    progress_done    BIGINT,
    progress_total   BIGINT,
    progress_message VARCHAR(1000)
);
CREATE INDEX errand_task_due ON errand_task (queue, priority, wake_at) WHERE wake_at IS NOT NULL;
CREATE UNIQUE INDEX errand_task_live_key ON errand_task (live_key) WHERE live_key IS NOT NULL;
CREATE INDEX errand_task_created ON errand_task (created_at, id);
CREATE INDEX errand_task_state ON errand_task (state, created_at, id);

-- The runs before the last one; the last one is in errand_task.
CREATE TABLE errand_run (
    task_id       VARCHAR(255) NOT NULL,
    run           INTEGER      NOT NULL,
    node          VARCHAR(100),
    started_at    BIGINT,
    finished_at   BIGINT,
    state         VARCHAR(8)   NOT NULL,
    error_type    VARCHAR(500),
    error_message TEXT,
    error_trace   TEXT,
    PRIMARY KEY (task_id, run)
);

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
);

CREATE TABLE errand_log (
    task_id  VARCHAR(255)  NOT NULL,
    run      INTEGER       NOT NULL,
    line     BIGINT        NOT NULL,
    at       BIGINT        NOT NULL,
    message  VARCHAR(1000) NOT NULL,
    PRIMARY KEY (task_id, run, line)
);

-- Somebody asked for a running task to stop.
CREATE TABLE errand_revocation (
    task_id      VARCHAR(255) NOT NULL PRIMARY KEY,
    requested_at BIGINT       NOT NULL
);

CREATE TABLE errand_queue (
    name   VARCHAR(100) NOT NULL PRIMARY KEY,
    paused BOOLEAN      NOT NULL
);

-- For the sample servlet, POST /tasks/sample/datasets.
CREATE TABLE errand_sample_dataset (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    name       VARCHAR(200) NOT NULL,
    created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP
);
