/** Arguments and results as JSON: the one place that knows the JSON library. Pure; no transaction. */
package dev.errand.json;
