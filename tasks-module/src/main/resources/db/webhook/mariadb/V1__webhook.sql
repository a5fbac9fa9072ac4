-- The subscriptions of addresses to topics. Secrets are encrypted.
CREATE TABLE IF NOT EXISTS errand_webhook (
    id              VARCHAR(36)   NOT NULL PRIMARY KEY,
    url             VARCHAR(2000) NOT NULL,
    topics          TEXT          NOT NULL,
    secret          VARCHAR(500)  NOT NULL,
    previous_secret VARCHAR(500),
    previous_until  BIGINT,
    enabled         BOOLEAN       NOT NULL,
    disabled_reason VARCHAR(1000),
    owner           VARCHAR(255),
    created_at      BIGINT        NOT NULL,
    changed_at      BIGINT,
    failing_since   BIGINT,
    last_success    BIGINT,
    last_status     INTEGER
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A row per try to deliver.
CREATE TABLE IF NOT EXISTS errand_webhook_delivery (
    id      VARCHAR(36)  NOT NULL PRIMARY KEY,
    webhook VARCHAR(36)  NOT NULL,
    task    VARCHAR(255) NOT NULL,
    topic   VARCHAR(200),
    attempt INTEGER      NOT NULL,
    at      BIGINT       NOT NULL,
    status  INTEGER,
    millis  BIGINT       NOT NULL,
    error   VARCHAR(1000)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS errand_webhook_delivery_list ON errand_webhook_delivery (webhook, id);
CREATE INDEX IF NOT EXISTS errand_webhook_delivery_age ON errand_webhook_delivery (at);
