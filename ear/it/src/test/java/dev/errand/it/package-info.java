/**
 * Tests on a real server with the real EAR, and what they share: {@link dev.errand.it.ErrandEar} (the EAR, and more
 * modules for it), {@link dev.errand.it.Rest} (HTTP), {@link dev.errand.it.TaskView} (a task as an answer shows it),
 * {@link dev.errand.it.ServerProcess} (a server to kill), {@link dev.errand.it.Admin} (what an administrator does to it).
 * Most tests use the server that Arquillian runs, see arquillian.xml.
 */
package dev.errand.it;
