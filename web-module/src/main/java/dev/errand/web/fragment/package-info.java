/** The parts that only the jar has, which a user adds to a WAR: see docs/guide/your-application.md. */
package dev.errand.web.fragment;
