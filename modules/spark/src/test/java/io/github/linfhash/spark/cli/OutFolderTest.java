package io.github.linfhash.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.RowIds;
import io.github.linfhash.spark.program.OnLocalSpark;
import io.github.linfhash.spark.shards.ShardWriter;
import io.github.linfhash.spark.shards.TaskFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The content of an output folder when tasks end otherwise than they should, and when another command is faster. */
class OutFolderTest extends OnLocalSpark {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private OutFolder out;

    @BeforeEach
    void name() {
        out = CommandLine.populateCommand(
                new OutFolder(), "--out", folder.resolve("o").toString());
    }

    private static JavaRDD<CodeBlock> codes() {
        return context()
                .parallelize(List.of(0L, 2L), 2)
                .map(first -> new CodeBlock(RowIds.from(first, 2), BinaryCodes.ofBytes(2, 8, new byte[] {1, 2}), null));
    }

    private List<String> list() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatNoTaskReportedIsLeftOut() throws IOException {
        out.writeFiles(session(), tasks -> {
            List<String> written = new ShardWriter(tasks, 8, true).write(codes());
            Path codes = Path.of(tasks.path(), "codes");
            Files.writeString(codes.resolve(".part-00001-000.npy.17.0.part"), "half of a killed task");
            Files.writeString(codes.resolve("part-00002-000.npy"), "whole, of a task that was given up");
            return written;
        });
        assertThat(list())
                .containsExactly(
                        "o/codes/part-00000-000.npy",
                        "o/codes/part-00001-000.npy",
                        "o/ids/part-00000-000.npy",
                        "o/ids/part-00001-000.npy");
    }

    /** As a task does on a machine that the driver has lost. */
    @Test
    void aTaskThatIsLateBringsNothingBack() throws IOException {
        TaskFolder tasks = new TaskFolder(folder.resolve("tasks").toString());
        ShardWriter writer = new ShardWriter(tasks, 8, false);
        JavaRDD<CodeBlock> late = codes().map(block -> {
            Files.deleteIfExists(Path.of(tasks.path(), "codes"));
            return block;
        });
        assertThatThrownBy(() -> writer.write(late))
                .rootCause()
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a folder that every machine sees under this path");
        assertThat(folder.resolve("tasks/codes")).doesNotExist();
    }

    @Test
    void aFileThatTheDriverDoesNotSeeIsMissed() {
        assertThatThrownBy(() -> out.writeFiles(session(), tasks -> {
                    new ShardWriter(tasks, 8, false).write(codes());
                    return List.of("codes/part-00000-000.npy", "codes/part-00009-000.npy");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("part-00009-000.npy");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderOfAFasterCommandStays() throws IOException {
        assertThatThrownBy(() -> out.writeFiles(session(), tasks -> {
                    List<String> written = new ShardWriter(tasks, 8, false).write(codes());
                    appear();
                    return written;
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a folder that does not exist yet");
        assertThat(list()).containsExactly("o/theirs");
    }

    @Test
    void aFolderThatAppearsAtTheLastMomentStays() throws IOException {
        session().sparkContext().hadoopConfiguration().setClass("fs.late.impl", LateFileSystem.class, Object.class);
        OutFolder late = CommandLine.populateCommand(new OutFolder(), "--out", "late:" + folder.resolve("o"));
        assertThatThrownBy(() -> late.writeTable(
                        session(), to -> session().range(5).write().parquet(to)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a folder that does not exist yet");
        assertThat(list()).containsExactly("o/theirs");
    }

    private void appear() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("o")).resolve("theirs"), "");
    }
}
