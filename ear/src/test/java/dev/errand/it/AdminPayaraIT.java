package dev.errand.it;

/** On Payara. */
class AdminPayaraIT extends AdminContract {}
