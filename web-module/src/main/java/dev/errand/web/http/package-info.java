/**
 * The code around every call: JSON in and out, errors as RFC 9457 problems, and the filters against forged requests and
 * for the security headers. No transaction, no engine.
 */
package dev.errand.web.http;
