/** Tests of the documents: their links, structure, words, and that the code has the things that they quote. */
package dev.errand.docs;
