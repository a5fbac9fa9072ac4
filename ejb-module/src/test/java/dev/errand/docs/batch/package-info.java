/** The examples of the guide for users of Jakarta Batch. */
package dev.errand.docs.batch;
