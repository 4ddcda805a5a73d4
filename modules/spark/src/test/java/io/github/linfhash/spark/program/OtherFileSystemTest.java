package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the default file system is not the local one: Hadoop's ViewFileSystem, of which {@code /data} alone is there, in the
 * folder {@code mounted} of the test.
 */
class OtherFileSystemTest {
    private static final FeatureMatrix ROWS =
            Blobs.classes(new Blobs.Sizes(5, 32, 300, 60), 1).train();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private CalledProgram program;

    /** Settings and a model. */
    @SuppressWarnings("NullAway.Init")
    private String spark;

    @BeforeEach
    void mount() throws IOException {
        program = new CalledProgram(folder);
        Files.createDirectories(folder.resolve("mounted"));
        spark = " --master local[2] --conf spark.hadoop.fs.defaultFS=viewfs://other/"
                + " --conf spark.hadoop.fs.viewfs.impl.disable.cache=true"
                + " --conf spark.hadoop.fs.viewfs.mounttable.other.link./data=file:F/mounted ";
        KeptModels.train(folder, "lsh", Blobs.classes(new Blobs.Sizes(5, 32, 300, 60), 1));
        Shards.features(folder.resolve("f"), ROWS, 10, 200);
    }

    @AfterEach
    void nothingIsLeftWhereTheProgramRan() {
        assertThat(Path.of("viewfs:")).doesNotExist();
        assertThat(Path.of("file:")).doesNotExist();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private BinaryCodes expected() {
        return Models.read(folder.resolve("lsh.linfhash")).encode(ROWS, "here");
    }

    private String encode() {
        return "spark encode" + spark + "--model F/lsh.linfhash ";
    }

    @Test
    void npyFilesAreOfThisMachine() throws IOException {
        String relative = Path.of("").toAbsolutePath().relativize(folder).toString();
        program.succeed(encode() + "--vectors F/f --out F/a");
        program.succeed(encode() + "--vectors file:F/f --out file:F/b");
        program.succeed(encode() + "--vectors " + relative + "/f --out " + relative + "/c");
        for (String out : List.of("a", "b", "c")) {
            List<Path> parts = list(folder.resolve(out).resolve("codes"));
            assertThat(parts).hasSize(3);
            assertThat(CodeArrays.read(parts.get(0), 16))
                    .isEqualTo(expected().select(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
        }
        Path drawn = folder.resolve("drawn");
        DrawnCodes random = DrawnCodes.draw(3, 20, 64, true);
        Shards.codes(drawn.resolve("codes"), random.database(), 10);
        Shards.labels(drawn.resolve("labels"), random.databaseLabels(), 10);
        CodeArrays.write(drawn.resolve("queries.npy"), random.queries());
        LabelArrays.write(drawn.resolve("query-labels.npy"), random.queryLabels());
        program.succeed("spark search" + spark
                + "--database-codes file:F/drawn/codes --query-codes file:F/drawn/queries.npy --k 3 --out F/n.npz");
        String labels = "--query-labels F/drawn/query-labels.npy --database-labels file:F/drawn/labels";
        String codes = " --query-codes F/drawn/queries.npy --database-codes F/drawn/codes";
        assertThat(program.succeed("spark evaluate" + spark + labels + codes)).contains("\"map\"");
        program.succeed("spark neighbors" + spark + "--vectors F/f --queries F/f/part-a.npy --k 3 --out file:F/s.npz");
        assertThat(list(folder).stream().map(file -> file.getFileName().toString()))
                .containsExactly("a", "b", "c", "drawn", "f", "lsh.linfhash", "mounted", "n.npz", "s.npz");
    }

    /** The master is none, so that what starts a session first fails otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "encode --model F/lsh.linfhash --vectors F/f --out viewfs://other/data/o",
                "encode --model F/lsh.linfhash --vectors F/f --out viewfs:/data/o",
                "encode --model F/lsh.linfhash --vectors viewfs:///data/f --format npy --out viewfs:///data/o",
                "encode --model F/lsh.linfhash --vectors F/f --format parquet --labels viewfs:///data/l --out viewfs:///data/o",
                "encode --model viewfs:///data/m --vectors F/f --out F/o",
                "search --database-codes F/f --query-codes F/f/part-a.npy --out viewfs://other/data/o.npz",
                "search --database-codes F/f --query-codes viewfs:///data/q.npy --out F/o.npz",
                "neighbors --vectors F/f --queries F/f/part-a.npy --out viewfs://other/data/o.npz",
                "neighbors --vectors F/f --queries viewfs:///data/q.npy --out F/o.npz",
                "recall --vectors F/f --queries F/q.npy --train viewfs:///data/t.npy --quantizer pq --bytes 4",
                "evaluate --query-codes F/q.npy --query-labels F/q.npy --database-codes F/f --database-labels viewfs:///l",
            })
    void whatHasToBeOfThisMachineIsRefusedElsewhereBeforeAnythingStarts(String command) throws IOException {
        program.refuse(
                "spark " + command + " --master nowhere", "expected a path on the local file system", "found viewfs:");
        assertThat(list(folder.resolve("mounted"))).isEmpty();
    }

    @Test
    @Tag("slow")
    void parquetGoesToAnyFileSystem() throws IOException {
        program.succeed(encode() + "--vectors F/f --format parquet --out viewfs://other/data/a");
        program.succeed(encode() + "--vectors F/f --format parquet --out /data/b");
        program.succeed(encode() + "--vectors F/f --format parquet --out file:F/mounted/c");
        assertThat(list(folder.resolve("mounted")).stream()
                        .map(file -> file.getFileName().toString()))
                .containsExactly("a", "b", "c");
        program.refuse(
                encode() + "--vectors F/f --format parquet --out /data/b", "expected a folder that does not exist yet");

        CodeArrays.write(folder.resolve("one.npy"), expected());
        program.succeed("search --database-codes F/one.npy --query-codes F/one.npy --bits 16 --k 3 --out F/n.npz");
        for (String codes : List.of("/data/a", "viewfs://other/data/b", "file:F/mounted/c")) {
            program.succeed("spark search" + spark + "--database-codes " + codes
                    + " --query-codes F/one.npy --bits 16 --k 3 --out F/m.npz --force");
            assertThat(folder.resolve("m.npz")).hasSameBinaryContentAs(folder.resolve("n.npz"));
        }
    }

    @Test
    void parquetThatLiesElsewhereIsEncodedToEither() throws IOException {
        writeParquet(folder.resolve("mounted").resolve("f"));
        program.succeed(encode() + "--vectors /data/f --format npy --out F/codes");
        List<BinaryCodes> parts = list(folder.resolve("codes/codes")).stream()
                .map(file -> CodeArrays.read(file, 16))
                .toList();
        assertThat(parts.stream().mapToInt(BinaryCodes::size).sum()).isEqualTo(ROWS.rows());

        program.succeed(encode() + "--vectors viewfs://other/data/f --out /data/codes");
        for (String codes : List.of("F/codes/codes", "/data/codes")) {
            program.succeed("spark search" + spark + "--database-codes " + codes
                    + " --model F/lsh.linfhash --vectors F/f/part-a.npy --out F/"
                    + (codes.startsWith("F") ? "n.npz" : "m.npz"));
        }
        assertThat(folder.resolve("m.npz")).hasSameBinaryContentAs(folder.resolve("n.npz"));
    }

    @Test
    void aFileSystemThatSparkDoesNotKnowIsRefused() throws IOException {
        program.refuse(
                encode() + "--vectors nosuch:///f --out F/o", "nosuch:///f: expected", "No FileSystem for scheme");
        program.refuse(encode() + "--vectors nosuch:f --out F/o", "nosuch:f: expected", "Relative path");
        String encode = encode() + "--vectors F/f --format parquet --out ";
        program.refuse(encode + "nosuch:///o", "--out: expected", "No FileSystem for scheme");
        program.refuse(encode + "nosuch:o", "--out: expected", "Relative path");
        assertThat(list(folder)).hasSize(3);
    }

    private static void writeParquet(Path out) throws IOException {
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            VectorTables.write(session, ROWS, 2, out.toString());
        }
    }
}
