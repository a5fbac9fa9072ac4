/**
 * What users of Errand compile against: the only package that applications, the built-in tasks and the web module import.
 * Nothing here touches the database or the broker, so it may be called in any transaction.
 */
package dev.errand.api;
