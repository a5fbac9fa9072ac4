/**
 * One guarded HTTP client, by which the built-in tasks call other machines. It refuses private addresses at the moment
 * of the connection, keeps a deadline whatever the other side does, stops when the task is revoked, and has a name for
 * each failure: {@link dev.errand.tasks.http.TransientHttpException} is worth a retry, any other
 * {@link dev.errand.tasks.http.OutgoingHttpException} is not. Called outside transactions only.
 */
package dev.errand.tasks.http;
