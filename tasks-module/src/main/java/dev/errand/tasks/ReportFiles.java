package dev.errand.tasks;

import dev.errand.tasks.data.HtmlReport;
import dev.errand.tasks.data.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a report in the archive folder, as a page and as JSON. A second run of the task replaces them. */
final class ReportFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportFiles() {}

    /** Writes both files; returns the report for the task's result, which names them. */
    static Report write(Report report, Path folder, String taskId, String title) {
        String stem = ArchiveName.stem(taskId);
        String html = stem + ".report.html";
        String json = stem + ".report.json";
        write(folder, stem, html, HtmlReport.of(report, title).getBytes(StandardCharsets.UTF_8));
        write(folder, stem, json, JSON.writeValueAsBytes(report));
        return report.forResult(html, json);
    }

    private static void write(Path folder, String stem, String name, byte[] content) {
        // not the stem of a download that is still needed
        try (ArchiveFile file = ArchiveFile.create(folder, stem + "-report", name)) {
            file.write(content, content.length);
            file.publish();
        }
    }
}
