-- Workflows. Times are milliseconds since 1970 (UTC). No row here is written when a step finishes, except once when the last one does.
CREATE TABLE errand_workflow (
    id          VARCHAR(255) NOT NULL PRIMARY KEY,
    name        VARCHAR(255) NOT NULL,
    created_at  BIGINT       NOT NULL,
    started_by  VARCHAR(255),
    -- 0 until each step is finished
    finished_at BIGINT       NOT NULL,
    revoked_at  BIGINT
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX errand_workflow_open ON errand_workflow (finished_at, id);
-- Lists.
CREATE INDEX errand_workflow_newest ON errand_workflow (created_at, id);

-- The tasks of workflows. Their names are in errand_task as well.
CREATE TABLE errand_step (
    task_id   VARCHAR(255) NOT NULL PRIMARY KEY,
    workflow  VARCHAR(255) NOT NULL,
    step      VARCHAR(255) NOT NULL,
    -- the name by which others wait for it: that of the group, otherwise the step's; '' for the step that runs after a failure
    member_of VARCHAR(255) NOT NULL,
    -- -1 for the first step, -2 for the next: a search for an unfinished one begins with the newest
    place     INTEGER      NOT NULL,
    -- whether others run although this step has failed
    continues BOOLEAN      NOT NULL,
    -- the results that become its argument: ONE, LIST or MAP and names of steps or groups, or FAILURE; null for none
    input     LONGTEXT,
    -- the countdown, which begins at the release; null for none
    delay     BIGINT
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE UNIQUE INDEX errand_step_name ON errand_step (workflow, step);
CREATE INDEX errand_step_member ON errand_step (workflow, member_of, place);

-- The steps and groups for which a step waits.
CREATE TABLE errand_step_after (
    successor   VARCHAR(255) NOT NULL,
    predecessor VARCHAR(255) NOT NULL,
    workflow    VARCHAR(255) NOT NULL,
    PRIMARY KEY (successor, predecessor)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX errand_step_after_predecessor ON errand_step_after (workflow, predecessor);
