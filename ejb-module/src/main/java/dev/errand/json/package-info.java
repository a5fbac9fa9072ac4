/** Arguments and results as JSON. No other package uses the JSON library. Pure; no transaction. */
package dev.errand.json;
