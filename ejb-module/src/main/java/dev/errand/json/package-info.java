/**
 * Arguments and results as JSON, and the writing of answers. No other package uses the JSON library; the shapes of answers in
 * {@link dev.errand.manage.json} use its annotations. Pure; no transaction.
 */
package dev.errand.json;
