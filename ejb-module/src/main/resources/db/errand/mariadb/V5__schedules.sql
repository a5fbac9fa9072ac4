-- Schedules. Times are milliseconds since 1970 (UTC), and next_at is a whole second. wake_at says when a node must look at the
-- schedule next: at next_at, or later if that instant waits for the end of the last task; null if it is paused or has ended.
CREATE TABLE errand_schedule (
    name          VARCHAR(200) NOT NULL PRIMARY KEY,
    -- CODE or API; the application of one from the code
    origin        VARCHAR(4)   NOT NULL,
    application   VARCHAR(50)  NOT NULL,
    task          VARCHAR(255) NOT NULL,
    cron          VARCHAR(200),
    every_seconds BIGINT,
    zone          VARCHAR(64)  NOT NULL,
    argument      LONGTEXT,
    queue         VARCHAR(100),
    priority      INTEGER,
    misfire       VARCHAR(4)   NOT NULL,
    overlap       VARCHAR(5)   NOT NULL,
    valid_from    BIGINT,
    valid_until   BIGINT,
    jitter        BIGINT,
    paused        BOOLEAN      NOT NULL,
    paused_by     VARCHAR(255),
    paused_at     BIGINT,
    next_at       BIGINT,
    wake_at       BIGINT,
    last_at       BIGINT,
    last_task     VARCHAR(255),
    skipped       BIGINT       NOT NULL,
    skipped_at    BIGINT,
    version       INTEGER      NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX errand_schedule_wake ON errand_schedule (wake_at);

-- The schedules that the code of an application has, as a hash: those of the table, and those that were there earlier. A node
-- with an earlier version of the application does not bring these back.
CREATE TABLE errand_schedule_code (
    application VARCHAR(50)   NOT NULL PRIMARY KEY,
    applied     VARCHAR(64)   NOT NULL,
    earlier     VARCHAR(1400) NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
ALTER TABLE errand_node ADD COLUMN schedules VARCHAR(64) DEFAULT '' NOT NULL;

ALTER TABLE errand_audit ADD COLUMN schedule VARCHAR(200);
