package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.RetryPolicy;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive folder that takes nothing: nothing of a file is left there, and who reads the error knows what to do. */
class ArchiveFileTest {
    @TempDir
    Path folder;

    /** Linux has a device that is always full; a write to it fails as on a full disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskLeavesNoHalfFile() throws IOException {
        Path part = Files.createFile(folder.resolve(".task.part"));
        Path target = folder.resolve("task.file");

        assertThatThrownBy(() -> {
                    try (ArchiveFile file = new ArchiveFile(part, target, new FileOutputStream("/dev/full"))) {
                        file.write(new byte[] {1, 2, 3}, 3);
                        file.publish();
                    }
                })
                .isInstanceOf(ArchiveWriteException.class)
                .hasMessageContainingAll(
                        "No space left on device", part.toString(), "MiB are free", "errand.archive.dir");
        assertThat(folder).isEmptyDirectory();
    }

    /** Even where the disk says so only when the file is closed, as it does over a network. */
    @Test
    void aFileThatCannotBePublishedLeavesNothing() throws IOException {
        Path part = folder.resolve(".task.part");

        assertThatThrownBy(() -> {
                    try (ArchiveFile file = new ArchiveFile(
                            part, folder.resolve("gone/task.file"), new FileOutputStream(part.toFile()))) {
                        file.write(new byte[] {1, 2, 3}, 3);
                        file.publish();
                    }
                })
                .isInstanceOf(ArchiveWriteException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsMissingIsMade() {
        try (ArchiveFile file = ArchiveFile.create(folder.resolve("a/b"), "task", "task.file")) {
            assertThat(file.publish()).exists();
        }
    }

    /** Not even root may make a folder there. */
    @ParameterizedTest
    @ValueSource(strings = {"/sys/errand", "/proc/errand"})
    @EnabledOnOs(OS.LINUX)
    void aFolderThatCannotBeMadeIsNamed(String readOnly) {
        assertThatThrownBy(() -> ArchiveFile.create(Path.of(readOnly), "task", "task.file"))
                .isInstanceOf(ArchiveWriteException.class)
                .hasMessageContainingAll(readOnly, "errand.archive.dir", "right to write");
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("archive"), "not a folder");
        assertThatThrownBy(() -> ArchiveFile.create(file, "task", "task.file"))
                .isInstanceOf(ArchiveWriteException.class)
                .hasMessageContainingAll(file.toString(), "errand.archive.dir");
        assertThat(file).hasContent("not a folder");
    }

    @Test
    void itIsRetried() {
        assertThat(ArchiverTask.class.getAnnotation(RetryPolicy.class).on()).contains(ArchiveWriteException.class);
    }
}
