/**
 * The tables, and the only code that knows them. Every change of state is a guarded UPDATE. Callers choose the transaction:
 * what must join theirs is MANDATORY, what must not is REQUIRES_NEW.
 */
package dev.errand.store;
