package dev.errand.tasks.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.tasks.FakeTaskContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is larger than the heap of the Java that reads it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SmallHeapTest {
    private static final int ROWS = 600_000;

    @TempDir
    Path folder;

    /** Reads the file of its argument twice, as a load does. */
    static final class Reader {
        public static void main(String[] arguments) throws Exception {
            Progress progress = new Progress(new FakeTaskContext() {
                @Override
                public void progress(long done, long total, String message) {
                    // a list of all reports is not what is measured
                }
            });
            DataFile file = DataFile.of(Path.of(arguments[0]), Inspections.DETECT, Inspections.LIMITS, progress);
            Inspected inspected = Inspection.of(file, Inspections.DETECT, null, List.of(), progress);
            long rows = 0;
            try (Inspected.GoodRows good = inspected.open()) {
                while (good.next() != null) {
                    rows++;
                }
            }
            System.out.println("rows " + rows);
        }
    }

    @Test
    void a_file_larger_than_the_heap_is_read() throws IOException, InterruptedException {
        Path file = folder.resolve("large.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,name,amount,day\n");
            for (int i = 0; i < ROWS; i++) {
                out.write(i + ",a name of some length and the number " + i + "," + i % 1_000 + ".25,2026-01-02\n");
            }
        }
        assertThat(Files.size(file)).isGreaterThan(40_000_000);
        Path output = folder.resolve("output");
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(reader.waitFor())
                .as(Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
        assertThat(Files.readString(output)).contains("rows " + ROWS);
    }
}
