package dev.errand.fuzz;

import java.util.List;

/** Pieces of text that have done harm in one program or another. */
public final class Pieces {
    public static final List<String> ODD = List.of(
            "\0",
            "\n",
            "\r\n",
            "\u001b[31m",
            "\u007f",
            "\u0085",
            "\u200f",
            "\u202e",
            "\u2028",
            "\ufeff",
            "\uffff",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u0661",
            "\uff0e",
            "e\u0301",
            " ",
            "%00",
            "%2e",
            "../",
            "\\",
            "\"",
            "'",
            "${x}",
            "{0}",
            "%s",
            "<b>",
            "null",
            "NaN",
            "-1",
            "1e999999999",
            "P1D",
            "PT1H",
            "x".repeat(300));

    private Pieces() {}
}
