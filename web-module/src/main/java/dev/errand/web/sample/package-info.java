/**
 * The example of docs/guide/transactions.md: a row and a task in one transaction. {@code POST /tasks/sample/datasets}
 * saves a dataset and notifies a subscriber by a webhook; either both happen or neither does.
 */
package dev.errand.web.sample;
