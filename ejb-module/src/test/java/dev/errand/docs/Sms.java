package dev.errand.docs;

/** The argument of {@link SmsTask}. */
public record Sms(String customer, String text) {}
