/**
 * The laboratory of the container tests: the base class of tests that share Arquillian's server ({@link dev.errand.it.AppIT}), and
 * the load and the checks that several tests use. The parts: {@code ear} (the EAR, and more modules for it), {@code server} (a
 * server, its administrator, its broker), {@code database} (the databases), {@code client} (HTTP and typed answers), {@code app}
 * (the application of a user), {@code broken} (handlers that must be refused), {@code clock} (a clock that a test sets).
 *
 * <p>The tests are in packages by theme: {@code rest}, {@code run} (a task and its run), {@code fault} (kills, crashes, outages),
 * {@code cluster}, {@code database}, {@code admin} (consoles and brokers), {@code install} (deployment, production, JDK).
 */
package dev.errand.it;
