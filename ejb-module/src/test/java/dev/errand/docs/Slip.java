package dev.errand.docs;

import java.util.regex.Pattern;

/** Turns of phrase that make a reader stop, and the words to use in their place. CONTRIBUTING.md has the style. */
enum Slip {
    PERSON(
            "\\b(?:somebody|nobody|anybody|everybody|whoever|whomever|whom)\\b",
            "a noun: the user, the caller, the node, no node"),

    /** A sentence, a cell or an item that begins with a relative clause in place of a noun. A question may. */
    HEADLESS("(?:^|\\n|[.!;:*]\\s|\\|)[ *#|-]*(?:who|what)\\b(?![^.|\\n]*\\?)", "a noun as the subject"),

    HEADLESS_OBJECT(
            "\\b(?:of|for|from|by|with|than|in|on|to|after|before|behind|all) (?:what|who|that which) "
                    + "(?:is|was|are|were|runs?|waits?|has|had|must|comes|goes|looks|lasts)\\b",
            "a noun: the tasks that wait"),

    PER(
            "\\b(?:(?:one|two|three|\\d[\\d,]*(?:\\.\\d+)?)(?: (?!(?:for|with|and|from|than|into|out|over|after|that|has|was) )[a-z]{3,})?|tasks|commits|bytes|connections|messages|timers|drains|bundles"
                    + "|batches|rows|lines|columns|statements|sessions|tables|queries) an? "
                    + "(?:task|node|queue|transaction|server|database|handler|argument|run|batch|bundle|message|column"
                    + "|priority|second|deployment|build|line)\\b",
            "per"),

    FINISHED("\\b(?:is|are|was|were|be|been|not) over\\b", "finished, expired, exceeds"),

    CONTINUE("\\b(?:go|goes|going|went) on\\b(?! (?:an?|the|its|their)\\b)", "continue"),

    SKIP("\\bpass(?:es|ed|ing)? (?:\\w+ ){0,3}over\\b", "skip"),

    RELEASE("\\bhand(?:s|ed|ing)? (?:\\w+ )?back\\b", "release"),

    FIX("\\bmend(?:s|ed|ing)?\\b", "fix"),

    REMEDY("\\bway out\\b", "remedy"),

    OTHERWISE("(?:[,;:.]\\s|\\bor |\\bwould |\\bmust |\\n)else\\b", "otherwise"),

    BECAUSE(
            ", for (?:it|its|that|they|there|this|these|those) (?:is|are|was|has|have|may|can|would|needs?|knows?|does)\\b",
            "because"),

    OLD(
            "\\b(?:anew|for ever|midst|beside|all the same|to and fro|think better of|can(?:not)? be had|be told of)\\b",
            "again, without end, during, next to, nevertheless");

    private final Pattern pattern;
    private final String better;

    Slip(String pattern, String better) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.better = better;
    }

    Pattern pattern() {
        return pattern;
    }

    String better() {
        return better;
    }
}
