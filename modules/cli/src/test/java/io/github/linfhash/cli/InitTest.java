package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.readers.IdxFiles;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Filled;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Own data as a user brings them: init writes a protocol file, which run takes as it is. */
class InitTest extends ProgramOnTinyHome {
    private static final int SIDE = 28;

    private Path data = Path.of("");
    private Path protocol = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        data = Files.createDirectories(root.resolve("own data"));
        protocol = data.resolve("my-data.yaml");
    }

    private String path(String name) {
        return data.resolve(name).toString();
    }

    private Results reproduced(String options) throws IOException {
        Path out = root.resolve("out");
        succeed("run --protocol %s --quick --out %s" + options, protocol, out);
        return ResultsJson.read(out.resolve("results.json"));
    }

    /** Two clouds of 60 points around corners of a cube. */
    private void writeVectors() throws IOException {
        UniformRandomProvider random = new RandomStreams(3).stream("clouds");
        float[] values = new float[120 * 20];
        int[] classes = new int[120];
        for (int i = 0; i < 120; i++) {
            classes[i] = 5 + i % 2;
            for (int j = 0; j < 20; j++) {
                values[i * 20 + j] = (float) (random.nextDouble() + (j < 10 ? i % 2 : 0));
            }
        }
        FeatureArrays.write(data.resolve("x.npy"), FeatureMatrix.owning(120, 20, values));
        LabelArrays.write(data.resolve("y.npy"), ClassLabels.of(classes));
    }

    private int init(String... more) {
        List<String> words = List.of("init", "--vectors", path("x.npy"), "--out", protocol.toString());
        return run(IntStream.range(0, words.size() + more.length)
                .mapToObj(i -> i < words.size() ? words.get(i) : more[i - words.size()])
                .toArray(String[]::new));
    }

    @Test
    void oddLabelsAndVectorsAreNamed() throws IOException {
        writeVectors();
        int[] classes = ((ClassLabels) LabelArrays.read(data.resolve("y.npy"))).toArray();
        classes[3] = -1;
        classes[8] = -1;
        float[] values = FeatureArrays.read(data.resolve("x.npy")).toArray();
        Arrays.fill(values, 7 * 20, 8 * 20, 0);
        LabelArrays.write(data.resolve("y.npy"), ClassLabels.of(classes));
        FeatureArrays.write(data.resolve("x.npy"), FeatureMatrix.owning(120, 20, values));
        String negative = "2 of 120 labels are negative and count as classes; leave these rows out if a negative label"
                + " means that a row is unlabeled";
        // Two rows are too few for a class, so that no draft is written.
        assertThat(init("--labels", path("y.npy"))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(negative);

        boolean[] oneHot = new boolean[120 * 2];
        for (int i = 0; i < 120; i++) {
            oneHot[2 * i + i % 2] = true;
        }
        LabelArrays.write(data.resolve("y.npy"), LabelSets.of(120, 2, oneHot));
        String exclusive =
                "each row has exactly one of 2 labels; if these are classes, pass the number of its class for"
                        + " each row instead of a matrix, as some methods need classes";
        assertThat(init("--labels", path("y.npy"), "--force"))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains(exclusive);
        Results results = reproduced(" --methods lsh");
        assertThat(err.toString())
                .contains("1 of 120 vectors are zero, the first in row 7 (counted from 0); leave them out, as"
                        + " preprocessing.normalize: l2 needs a direction");
        assertThat(results.protocol().dataset().facts())
                .anyMatch(fact -> fact.startsWith("1 of 120 vectors are zero"))
                .contains(exclusive);
    }

    /** Writes the clouds as a table of text, as a spreadsheet writes it where commas are decimal marks. */
    private Path writeTable() throws IOException {
        writeVectors();
        float[] values = FeatureArrays.read(data.resolve("x.npy")).toArray();
        // The last column is the same in all rows, as the borders of scanned digits are.
        StringBuilder text = new StringBuilder("id;species");
        for (int j = 0; j < 21; j++) {
            text.append(";v").append(j);
        }
        for (int i = 0; i < 120; i++) {
            text.append("\nrow ").append(i).append(i % 2 == 0 ? ";\"cat; small\"" : ";dog");
            for (int j = 0; j < 20; j++) {
                text.append(';').append(values[i * 20 + j]);
            }
            text.append(";0.5");
        }
        return Files.writeString(data.resolve("t.csv"), text);
    }

    /** Every method that is proposed runs, also on a feature that is the same in all rows. */
    @Test
    void aTableBecomesAProtocolThatRuns() throws IOException {
        succeed(
                "init --vectors %s --label-column species --id-column id --delimiter ; --out %s",
                writeTable(), protocol);
        assertThat(err.toString())
                .contains(
                        "120 vectors of dimension 21",
                        "2 classes of 60 ('cat; small') to 60 vectors",
                        "There are no exact or near duplicates.");
        assertThat(Files.readString(protocol))
                .contains("labelColumn: \"species\"", "idColumn: \"id\"", "delimiter: \";\"");
        Results results = reproduced("");
        assertThat(results.runs())
                .hasSize(22)
                .noneMatch(RunResult::failed)
                .anyMatch(run -> run.key().method().equals("ldahash"));
        assertThat(results.protocol().sizes().database()).isEqualTo(100);
        // What was found on images of a data set keeps saying so.
        assertThat(results.protocol().methods().stream()
                        .flatMap(method -> method.origins().values().stream())
                        .map(origin -> origin.note()))
                .hasSizeGreaterThan(20)
                .noneMatch(note -> note.contains("image") && !note.contains("CIFAR-10"));
        // Half of the database is relevant; the clouds lie apart.
        assertThat(results.runs("ksh", 12).get(0).metrics().get("map")).isGreaterThan(0.9);
    }

    /** The place of data decides nothing: vectors in another file with the same classes are the same data. */
    @Test
    void aTableAndFilesOfTheSameDataAreTheSameProtocol() throws IOException {
        succeed(
                "init --vectors %s --label-column species --id-column id --delimiter ; --out %s",
                writeTable(), protocol);
        Results fromTable = reproduced(" --methods lsh");
        FeatureMatrix rows = FeatureArrays.read(data.resolve("x.npy"));
        FeatureArrays.write(
                data.resolve("x.npy"),
                FeatureMatrix.owning(
                        120, 21, Filled.floats(120 * 21, i -> i % 21 < 20 ? rows.get(i / 21, i % 21) : 0.5)));
        Files.writeString(
                data.resolve("l.txt"),
                IntStream.range(0, 120)
                        .mapToObj(i -> i % 2 == 0 ? "cat" : "dog")
                        .collect(Collectors.joining("\n")));
        assertThat(init("--labels", path("l.txt"), "--force"))
                .as(err.toString())
                .isZero();
        Results fromVectors = reproduced(" --methods lsh");
        assertThat(fromVectors.protocol().dataset().hash())
                .isEqualTo(fromTable.protocol().dataset().hash());
        assertThat(fromVectors.protocol().hash()).isEqualTo(fromTable.protocol().hash());
    }

    @Test
    void theColumnOfLabelsIsNamedOrCalledSo() throws IOException {
        Path table = writeTable();
        assertThat(badInput("init --vectors %s --out %s", table, protocol))
                .contains("--labels: expected a file, or --label-column");
        err.getBuffer().setLength(0);
        assertThat(init("--labels", path("y.npy"), "--label-column", "species")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("expected a table (.csv, .tsv, .csv.gz, .tsv.gz, .parquet, .pq)", "x.npy");
        err.getBuffer().setLength(0);
        assertThat(init("--labels", path("y.npy"), "--delimiter", "ab")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--delimiter: expected tab or a single mark", "'ab'");
        String commas = Files.readString(table)
                .replace("\"cat; small\"", "cat")
                .replace(';', ',')
                .replace("species", "class")
                .replaceAll("(?m)^[^,]*,", "");
        Files.writeString(table, commas);
        succeed("init --vectors %s --labels %s --out %s", table, table, protocol);
        assertThat(Files.readString(protocol)).doesNotContain("labelColumn");
    }

    @Test
    void whatCannotBeReadIsRefusedTogetherOrLeftOutInEveryRun() throws IOException {
        writeImages();
        Path folder;
        try (Stream<Path> entries = Files.list(data)) {
            folder = entries.filter(Files::isDirectory).sorted().findFirst().orElseThrow();
        }
        Files.writeString(folder.resolve("bad.jpg"), "no image");
        Files.writeString(folder.resolve("worse.webp"), "no image");
        String[] words = {"init", "--images", data.toString(), "--side", "32", "--out", protocol.toString()};
        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).contains("2 of ", "/bad.jpg, ", "/worse.webp", "--skip-unreadable");
        assertThat(protocol).doesNotExist();

        String[] skipping = Arrays.copyOf(words, words.length + 1);
        skipping[words.length] = "--skip-unreadable";
        assertThat(run(skipping)).as(err.toString()).isZero();
        assertThat(err.toString()).contains("2 of ", "could not be read as images and were left out");
        assertThat(Files.readString(protocol))
                .contains("images: ", "side: 32", "orientationsPerScale: [8, 8, 8]", "  skipUnreadable: true\n");
        Results recorded = reproduced(" --methods ksh");
        assertThat(recorded.protocol().dataset().facts().get(0)).startsWith("2 of ");
        assertThat(recorded.protocol().features().dimension()).isEqualTo(384);
        assertThat(recorded.runs("ksh", recorded.protocol().bits().get(0))
                        .get(0)
                        .metrics()
                        .get("map"))
                .isGreaterThan(0.8);

        Path out = root.resolve("out");
        Files.writeString(protocol, Files.readString(protocol).replace("  skipUnreadable: true\n", ""));
        badInput("run --protocol %s --quick --methods ksh --out %s", protocol, out);
        Results asked = reproduced(" --methods ksh --skip-unreadable");
        assertThat(ResultsJson.text(asked.withoutSeconds())).isEqualTo(ResultsJson.text(recorded.withoutSeconds()));

        writeVectors();
        assertThat(init("--labels", path("y.npy"), "--force")).isZero();
        assertThat(badInput("run --protocol %s --skip-unreadable", protocol))
                .contains("--skip-unreadable: expected a protocol of a folder of images");
    }

    /** 30 trousers and 30 bags of Fashion-MNIST. */
    private void writeImages() throws IOException {
        Path real = realHome().resolve("datasets").resolve("fashion-mnist");
        List<String> ten = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        LabeledImages images =
                IdxFiles.read(real.resolve("images-idx3-ubyte.gz"), real.resolve("labels-idx1-ubyte.gz"), ten);
        for (int wanted : new int[] {1, 8}) {
            Path folder = Files.createDirectories(data.resolve(wanted == 1 ? "trouser" : "bag"));
            int[] rows = IntStream.range(0, images.size())
                    .filter(i -> images.labels().get(i) == wanted)
                    .limit(30)
                    .toArray();
            for (int row : rows) {
                BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
                for (int p = 0; p < SIDE * SIDE; p++) {
                    image.getRaster().setSample(p % SIDE, p / SIDE, 0, images.value(row, 0, p % SIDE, p / SIDE));
                }
                ImageIO.write(image, "png", folder.resolve(row + ".png").toFile());
            }
        }
    }

    @Test
    void pathsStartFromTheFolderOfTheProtocolFile() throws IOException {
        writeVectors();
        Path here = Path.of("").toAbsolutePath();
        String relative =
                here.relativize(data.toAbsolutePath().resolve("y.npy")).toString();
        assertThat(init("--labels", relative)).as(err.toString()).isZero();
        assertThat(Files.readString(protocol)).contains("labels: \"y.npy\"", "features: \"" + path("x.npy") + "\"");
    }

    @Test
    void labelsOfOtherRowsAreRefused() throws IOException {
        writeVectors();
        LabelArrays.write(data.resolve("y.npy"), ClassLabels.of(new int[119]));
        assertThat(init("--labels", path("y.npy"))).isEqualTo(2);
        assertThat(err.toString()).contains("expected labels of 120 rows, found 119");
        assertThat(protocol).doesNotExist();
    }

    @Test
    void wrongOptionsAreRefused() throws IOException {
        badInput("init --vectors x.npy --out a.yaml");
        badInput("init --out a.yaml");
        badInput("init --vectors x.npy --labels y.npy --images z --out a.yaml");
        assertThat(badInput("init --vectors pom.xml --labels pom.xml --out %s", "My Data.yaml"))
                .contains("letters, digits, '_' and '-'", "'My Data.yaml'");
    }

    @Test
    void aProtocolIsCalledAsItsFileIsWhateverThatIsRenamedTo() throws IOException {
        writeVectors();
        protocol = root.resolve("My_Data-2.yaml");
        assertThat(init("--labels", path("y.npy"))).as(err.toString()).isZero();
        assertThat(Files.readAllLines(protocol)).noneMatch(line -> line.startsWith("name:"));
        Path renamed = Files.move(protocol, root.resolve("Other_1.yaml"));
        succeed("run --protocol %s --quick --methods lsh", renamed);
        Results results = ResultsJson.read(root.resolve("Other_1-results-quick/results.json"));
        assertThat(results.protocol().name()).isEqualTo("Other_1");
        assertThat(results.runs()).hasSize(1).noneMatch(RunResult::failed);
    }
}
