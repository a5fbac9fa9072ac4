/** Tasks and their runs, on the server that Arquillian runs (arquillian.xml). */
package dev.errand.it.run;
