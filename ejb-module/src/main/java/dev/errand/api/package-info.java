/**
 * The types that users of Errand compile against: the only package that applications import. No class here touches the
 * database or the broker, so each may be called in any transaction.
 */
package dev.errand.api;
