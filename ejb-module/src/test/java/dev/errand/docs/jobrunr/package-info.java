/** The examples of the guide for users of JobRunr. */
package dev.errand.docs.jobrunr;
