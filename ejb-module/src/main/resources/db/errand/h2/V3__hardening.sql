-- A task that waits is looked for when it expires, whatever it waits for.
CREATE INDEX errand_task_expiry ON errand_task (state, expires_at);
