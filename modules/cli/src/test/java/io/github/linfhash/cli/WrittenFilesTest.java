package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands may write over files that the user gives up by --force, and must never write over their inputs. */
class WrittenFilesTest extends ProgramOnTinyHome {
    private static final String SPACE = """
            schema: linfhash-tuning/2
            description: For a test.
            trials: 1
            folds: 2
            trainings: 1
            criteria: [map]
            epochs: {finalists: 1, factors: [2]}
            bits: [8]
            methods:
              ksh:
                anchors: {values: [10]}
            """;

    /** Commands that write a file, with the word OUT for it. */
    private static Stream<String> filesOfCommands() {
        return Stream.of(
                "train --vectors F/f.npy --labels F/f.labels.npy --method lsh --bits 8 --out OUT.linfhash",
                "train --protocol tiny --method lsh --bits 8 --out OUT.linfhash",
                "encode --model F/m.linfhash --vectors F/f.npy --out OUT.npy",
                "search --database-codes F/c.npy --query-codes F/c.npy --k 1 --out OUT.npz",
                "export --model F/d.linfhash --onnx OUT.onnx",
                "data features --protocol tiny --out OUT.npy",
                "tune --protocol tiny --methods ksh --space F/space.yaml --out OUT.json",
                "init --vectors F/f.npy --labels F/f.labels.npy --out OUT.yaml");
    }

    /** Commands that write files into the folder OUT, and one of them. */
    private static Stream<List<String>> foldersOfCommands() {
        return Stream.of(
                List.of("split --protocol tiny --method lsh --bits 8 --out OUT", "database-labels.npy"),
                List.of("quantize --quantizer sign --bytes 4 --vectors F/f.npy --out OUT", "codes.npy"),
                List.of("paper figure5 --protocol tiny --methods nnh --bits 8 --out OUT", "figure5.csv"),
                List.of("results compare F/r/results.json F/r/results.json --out OUT", "compare.html"),
                List.of("report F/r/results.json --out OUT", "table.md"),
                List.of("report F/r/results.json --out OUT", "charts/precision-recall-8.svg"));
    }

    private static Stream<String> allCommands() {
        return Stream.of(
                        filesOfCommands(),
                        foldersOfCommands().map(command -> command.get(0)).distinct(),
                        Stream.of(
                                "run --protocol tiny --methods lsh --bits 8 --out OUT",
                                "paper figure6 --protocol tiny --bits 8,12 --out OUT",
                                "data generate nus-wide --count 5 --out OUT",
                                "fetch stripes --out OUT"))
                .flatMap(commands -> commands);
    }

    @BeforeEach
    void makeInputs() throws IOException {
        once(() -> {
            succeed("data features --protocol tiny --out F/f.npy");
            succeed("train --protocol tiny --method lsh --bits 8 --out F/m.linfhash");
            succeed("train --protocol tiny --method nnh --bits 8 --out F/d.linfhash");
            succeed("encode --model F/m.linfhash --vectors F/f.npy --out F/c.npy");
            succeed("run --protocol tiny --methods lsh --bits 8 --seeds 0 --out F/r");
            Files.writeString(root.resolve("space.yaml"), SPACE);
        });
    }

    private void refuse(String words, String... said) {
        assertThat(badInput(words).strip()).as(words).contains(said).doesNotContain("\n");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("filesOfCommands")
    void aFileThatIsThereIsReplacedByForceAlone(String words) throws IOException {
        String ending = words.substring(words.indexOf("OUT") + 3);
        Path file = Files.writeString(root.resolve("there" + ending), "mine");
        String command = words.replace("OUT", "F/there");
        refuse(command, ": expected a new file, or --force to replace it, found " + file);
        assertThat(file).hasContent("mine");
        succeed(command + " --force");
        assertThat(Files.size(file)).isNotEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("foldersOfCommands")
    void aFileInAFolderIsReplacedByForceAlone(List<String> wordsAndName) throws IOException {
        Path file = root.resolve("there").resolve(wordsAndName.get(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");
        String command = wordsAndName.get(0).replace("OUT", "F/there");
        refuse(command, ": expected a new file, or --force to replace it, found " + file);
        assertThat(file).hasContent("mine");
        assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
        succeed(command + " --force");
        assertThat(Files.size(file)).isNotEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void aFolderThatIsNotThereIsNotMadeOfATypingError(String words) {
        refuse(
                words.replace("OUT", "F/nosuch/z"),
                ": expected an existing folder for " + root.resolve("nosuch/z"),
                ", found none at " + root.resolve("nosuch"));
        assertThat(root.resolve("nosuch")).doesNotExist();
    }

    @Test
    void noInputIsReplacedByForceEither() throws IOException {
        Path features = root.resolve("f.npy");
        byte[] content = Files.readAllBytes(features);
        Files.createSymbolicLink(root.resolve("link.npy"), features);
        Files.createLink(root.resolve("hard.npy"), features);
        Files.createDirectories(root.resolve("sub"));
        for (String name : List.of("f.npy", "sub/../f.npy", "./f.npy", "link.npy", "hard.npy")) {
            for (String force : List.of("", " --force")) {
                refuse(
                        "encode --model F/m.linfhash --vectors F/f.npy --out F/" + name + force,
                        "--out: expected a file that the command does not read, found " + root + "/" + name);
                refuse(
                        "encode --model F/m.linfhash --vectors F/" + name + " --out F/f.npy" + force,
                        "a file that the command does not read");
            }
        }
        refuse(
                "tune --protocol tiny --methods ksh --space F/space.yaml --out F/space.yaml --force",
                "a file that the command does not read");
        assertThat(root.resolve("space.yaml")).hasContent(SPACE);
        assertThat(features).hasBinaryContent(content);
        // Another file of the same bytes is another file.
        Files.copy(features, root.resolve("copy.npy"));
        succeed("encode --model F/m.linfhash --vectors F/f.npy --out F/copy.npy --force");
        assertThat(FeatureArrays.read(features).rows()).isEqualTo(120);
    }

    @Test
    void columnsAndPartsOfFoldersAreInputs() throws IOException {
        Path parts = Files.createDirectories(root.resolve("parts"));
        Files.copy(root.resolve("f.npy"), parts.resolve("part-0.npy"));
        refuse(
                "encode --model F/m.linfhash --vectors F/parts --out F/parts/part-0.npy --force",
                "a file that the command does not read");
        assertThat(parts.resolve("part-0.npy")).hasSameBinaryContentAs(root.resolve("f.npy"));
        succeed("init --vectors F/parts --labels F/f.labels.npy --out F/my.yaml");
        refuse(
                "data features --protocol F/my.yaml --out F/parts/part-0.npy --force",
                "a file that the command does not read");
        Path table = Files.createDirectories(root.resolve("o")).resolve("figure5.csv");
        Files.writeString(table, "v\n\"[1,2]\"\n");
        String protocol = Files.readString(root.resolve("my.yaml"));
        Files.writeString(root.resolve("my.yaml"), protocol.replace("/parts\"", "/o/figure5.csv:v\""));
        refuse(
                "paper figure5 --protocol F/my.yaml --bits 8 --out F/o --force",
                "a file that the command does not read, found " + table);
    }

    /** The command line names the protocol alone. */
    @Test
    void theDataOfAProtocolAreInputs() throws IOException {
        succeed("init --vectors F/f.npy --labels F/f.labels.npy --out F/my.yaml");
        byte[] features = Files.readAllBytes(root.resolve("f.npy"));
        byte[] labels = Files.readAllBytes(root.resolve("f.labels.npy"));
        refuse(
                "data features --protocol F/my.yaml --out F/f.npy --force",
                "a file that the command does not read",
                "f.npy");
        String protocol = Files.readString(root.resolve("my.yaml"));
        Files.writeString(root.resolve("my.yaml"), protocol.replace("f.npy", "c.npy"));
        refuse(
                "data features --protocol F/my.yaml --out F/f.npy --force",
                "a file that the command does not read",
                "f.labels.npy");
        refuse(
                "tune --protocol F/my.yaml --methods ksh --space F/space.yaml --out F/my.yaml --force",
                "a file that the command does not read",
                "my.yaml");
        refuse(
                "tune --protocol tiny --methods ksh --space F/space.yaml --out F/datasets/stripes/images.gz --force",
                "a file that the command does not read");
        refuse(
                "tune --protocol tiny --data F/datasets/stripes --methods ksh --space F/space.yaml --out F/datasets/stripes/images.gz --force",
                "a file that the command does not read");
        assertThat(root.resolve("f.npy")).hasBinaryContent(features);
        assertThat(root.resolve("f.labels.npy")).hasBinaryContent(labels);
    }

    @Test
    void whatIsNoFileIsNotReplaced() throws IOException {
        Files.createDirectories(root.resolve("folder.npy"));
        refuse("encode --model F/m.linfhash --vectors F/f.npy --out F/folder.npy --force", "expected a regular file");
        refuse("split --protocol tiny --method lsh --bits 8 --out F/f.npy --force", "--out: expected a folder, found ");
    }

    @Test
    void defaultPlacesAreMadeAndGuardedLikeOthers() throws IOException {
        String figure = "paper figure5 --protocol tiny --methods nnh --bits 8";
        succeed(figure);
        refuse(figure, "--force", "reports/out/tiny/figure5/figure5.svg");
        succeed(figure + " --force");
    }
}
