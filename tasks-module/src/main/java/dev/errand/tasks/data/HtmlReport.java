package dev.errand.tasks.data;

import java.util.List;

/** Writes a report as a page. All texts of the file are escaped, and the page allows no script. Pure. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * Writes the page.
     *
     * @param title the name of the file, for display
     */
    public static String of(Report report, String title) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
        page.append(escaped(title));
        page.append("</title>\n<style>body{font:16px sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}"
                + "td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
                + "</style>\n</head>\n<body>\n<h1>");
        page.append(escaped(title)).append("</h1>\n<p>");
        page.append(report.valid() ? "The file is valid." : "The file has " + report.problemCount() + " problems.");
        page.append(" It has ").append(report.rows()).append(" rows, of which ").append(report.rejected());
        page.append(" have a problem, and ").append(report.columnCount()).append(" columns.</p>\n<p>Format: ");
        page.append(escaped(report.format()));
        if (report.encoding() != null) {
            page.append(", encoding ").append(escaped(report.encoding()));
        }
        if (report.delimiter() != null) {
            page.append(", separator ").append(escaped(report.delimiter().equals("\t") ? "tab" : report.delimiter()));
            page.append(", line ends ").append(escaped(report.lineEnd()));
        }
        if (report.sheet() != null) {
            page.append(", sheet ").append(escaped(report.sheet()));
        }
        page.append(". SHA-256: ").append(escaped(report.sha256())).append("</p>\n");
        problems(page, "Problems", report.problems(), report.problemCount());
        problems(page, "Warnings", report.warnings(), report.warningCount());
        columns(page, report);
        return page.append("</body>\n</html>\n").toString();
    }

    private static void problems(StringBuilder page, String heading, List<Problem> problems, long count) {
        if (count == 0) {
            return;
        }
        page.append("<h2>")
                .append(heading)
                .append("</h2>\n<table>\n")
                .append("<tr><th>Row</th><th>Column</th><th>Value</th><th>Kind</th><th>Reason</th></tr>\n");
        for (Problem problem : problems) {
            page.append("<tr><td>")
                    .append(problem.row() > 0 ? Long.toString(problem.row()) : "")
                    .append("</td><td>");
            page.append(escaped(
                    problem.column() != null
                            ? problem.column()
                            : problem.position() > 0 ? "" + problem.position() : ""));
            page.append("</td><td>").append(escaped(problem.value())).append("</td><td>");
            page.append(escaped(problem.code())).append("</td><td>").append(escaped(problem.reason()));
            page.append("</td></tr>\n");
        }
        page.append("</table>\n");
        if (count > problems.size()) {
            page.append("<p>").append(count - problems.size()).append(" more are not shown.</p>\n");
        }
    }

    private static void columns(StringBuilder page, Report report) {
        page.append("<h2>Columns</h2>\n<table>\n<tr><th>Name</th><th>Type</th><th>Empty cells</th></tr>\n");
        for (Report.ColumnReport column : report.columns()) {
            page.append("<tr><td>")
                    .append(escaped(column.name()))
                    .append("</td><td>")
                    .append(escaped(column.type()));
            page.append("</td><td>").append(column.empty()).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    /** Escapes a text for HTML; control characters, which HTML forbids, become visible. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? (char) ('\u2400' + c) : c);
            }
        }
        return escaped.toString();
    }
}
