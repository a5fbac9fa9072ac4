-- Limits: the values in the code, and those that an administrator has set in their place. rate_set '' and concurrency_set 0
-- mean none; null means that the value of the code is in force.
CREATE TABLE errand_limit (
    name            VARCHAR(255) NOT NULL PRIMARY KEY,
    application     VARCHAR(50)  NOT NULL,
    rate            VARCHAR(20),
    burst           INTEGER      NOT NULL,
    concurrency     INTEGER      NOT NULL,
    key_pointer     VARCHAR(1000) NOT NULL,
    rate_set        VARCHAR(20),
    concurrency_set INTEGER,
    set_by          VARCHAR(255),
    set_at          BIGINT
);

-- The places of a limit of concurrency, for each key. A row is free without a holder, or after lease_until, which is a time of
-- the database's clock in milliseconds since 1970 (UTC).
CREATE TABLE errand_place (
    limit_name  VARCHAR(255) NOT NULL,
    limit_key   VARCHAR(200) NOT NULL,
    slot        INTEGER      NOT NULL,
    holder      VARCHAR(36),
    task_id     VARCHAR(255),
    node        VARCHAR(100),
    lease_until BIGINT       NOT NULL,
    PRIMARY KEY (limit_name, limit_key, slot)
);

-- The permits of a limit of rate, for each key: the time, in nanoseconds of the database's clock, up to which starts are used.
CREATE TABLE errand_permit (
    limit_name VARCHAR(255) NOT NULL,
    limit_key  VARCHAR(200) NOT NULL,
    used_until BIGINT       NOT NULL,
    PRIMARY KEY (limit_name, limit_key)
);

-- The tasks that wait for a limit, in the order in which they get their turn. called_at is the time, in milliseconds of the
-- database's clock, at which the task got its turn and became due.
CREATE TABLE errand_line (
    task_id    VARCHAR(255) NOT NULL PRIMARY KEY,
    limit_name VARCHAR(255) NOT NULL,
    limit_key  VARCHAR(200) NOT NULL,
    -- 9 minus the priority
    urgency    INTEGER      NOT NULL,
    sent_order BIGINT       NOT NULL,
    queue      VARCHAR(100) NOT NULL,
    since_at   BIGINT       NOT NULL,
    called_at  BIGINT
);
CREATE INDEX errand_line_order ON errand_line (limit_name, limit_key, urgency, sent_order, task_id);

ALTER TABLE errand_audit ADD COLUMN limit_name VARCHAR(255);
