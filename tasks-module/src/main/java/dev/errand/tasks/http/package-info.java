/**
 * How the built-in tasks call other machines: one guarded HTTP client. It refuses private addresses at the very moment it
 * connects, keeps to a deadline whatever the other side does, stops when the task is revoked, and says which of the things
 * that can go wrong went wrong: {@link dev.errand.tasks.http.TransientHttpException} is worth a retry, any other
 * {@link dev.errand.tasks.http.OutgoingHttpException} is not. Called outside transactions only.
 */
package dev.errand.tasks.http;
