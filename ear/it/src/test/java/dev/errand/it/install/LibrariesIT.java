package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** docs/operate/dependencies.md has a row for each library in the EAR, and for no other. Needs no server. */
class LibrariesIT {
    private static final Path PAGE = Path.of(System.getProperty("errand.it.root"), "docs/operate/dependencies.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^:`]+):([^:`]+)` \\| ([^ |]+) \\|");
    private static final Pattern LIBRARY = Pattern.compile("(lib|WEB-INF/lib)/([^/]+\\.jar)");

    @Test
    void thePageHasEachLibraryInItsVersionAndNoOther() throws IOException {
        Set<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                // as Maven names it in the EAR
                .map(row -> row.group(1) + "-" + row.group(2) + "-" + row.group(3) + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> libraries = new TreeSet<>();
        try (InputStream ear = Files.newInputStream(ErrandEar.file())) {
            collect(ear, libraries);
        }
        assertThat(libraries).hasSizeGreaterThan(5);
        assertThat(rows).isEqualTo(libraries);
    }

    /** Those in a module of the EAR as well. */
    private static void collect(InputStream archive, Set<String> libraries) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            var library = LIBRARY.matcher(entry.getName());
            if (library.matches()) {
                libraries.add(library.group(2));
            } else if (List.of("war", "jar").contains(entry.getName().replaceFirst(".*\\.", ""))) {
                collect(zip, libraries);
            }
        }
    }
}
