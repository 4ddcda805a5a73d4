package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.VectorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Vectors in files whose layout has to be stated give what the same vectors give as an array. */
class LayoutOptionsTest extends ProgramOnTinyHome {
    private static final String TABLES = " --vectors F/parts --delimiter ; --header no ";
    private static final String ARRAY = " --vectors F/x.npy ";

    @BeforeEach
    void writeVectors() throws IOException {
        VectorTable table = new VectorTable();
        FeatureArrays.write(root.resolve("x.npy"), table.first(VectorTable.ROWS));
        table.writeParts(root.resolve("parts"));
        Files.writeString(
                root.resolve("y.txt"),
                IntStream.range(0, VectorTable.ROWS).mapToObj(i -> "c" + i % 2).collect(Collectors.joining("\n")));
    }

    private static Stream<CommandLine> all(CommandLine program) {
        return Stream.concat(
                Stream.of(program), program.getSubcommands().values().stream().flatMap(LayoutOptionsTest::all));
    }

    @Test
    void everyCommandThatReadsVectorsHasTheOptions() {
        List<CommandLine> commands = all(LinfhashCommand.withAll())
                .filter(command -> command.getCommandSpec().findOption("--vectors") != null)
                .toList();
        assertThat(commands)
                .extracting(command -> command.getCommandName())
                .contains("advise", "encode", "init", "quantize", "recall", "search", "train");
        assertThat(commands)
                .allSatisfy(command -> assertThat(Stream.of("--delimiter", "--header", "--index-base", "--dimension")
                                .filter(option -> command.getCommandSpec().findOption(option) == null))
                        .as(command.getCommandName())
                        .isEmpty());
    }

    @Test
    void modelsOfAFolderOfTables() throws IOException {
        String train = "train --method ksh --bits 4 --labels F/y.txt --option anchors=10";
        succeed(train + TABLES + "--out F/tables.linfhash");
        succeed(train + ARRAY + "--out F/array.linfhash");
        succeed("encode --model F/tables.linfhash" + TABLES + "--out F/tables.npy");
        succeed("encode --model F/array.linfhash" + ARRAY + "--out F/array.npy");
        assertThat(CodeArrays.read(root.resolve("tables.npy"))).isEqualTo(CodeArrays.read(root.resolve("array.npy")));
    }

    @Test
    void aProtocolStatesTheLayout() throws IOException {
        String init = "init --labels F/y.txt --out F/my.yaml";
        assertThat(badInput(init + " --vectors F/parts --delimiter ;")).contains("part-0.csv, line 1", "--header");
        succeed(init + TABLES);
        assertThat(err.toString()).contains("60 vectors of dimension 8");
        assertThat(Files.readString(root.resolve("my.yaml"))).contains("delimiter: \";\"", "header: false");
    }

    /** A model knows its dimension, but not where the indices of a file begin. */
    @Test
    void sparseVectorsFitAModel() throws IOException {
        succeed("train --method ksh --bits 4 --labels F/y.txt --option anchors=10 --out F/m.linfhash" + ARRAY);
        Files.writeString(root.resolve("q.svm"), "1:0.5 6:2\n");
        FeatureArrays.write(root.resolve("q8.npy"), FeatureMatrix.copyOf(new float[][] {{0, 0.5f, 0, 0, 0, 0, 2, 0}}));
        String encode = "encode --model F/m.linfhash --out F/c.npy --force --vectors ";
        assertThat(badInput(encode + "F/q.svm")).contains("expected index 0 or 8", "found 1 to 6", "--index-base");
        succeed(encode + "F/q8.npy");
        byte[] expected = Files.readAllBytes(root.resolve("c.npy"));
        succeed(encode + "F/q.svm --index-base 0");
        assertThat(root.resolve("c.npy")).hasBinaryContent(expected);
    }

    @Test
    void labelsOfCodesMayHaveAHeaderThatIsStated() throws IOException {
        CodeArrays.write(root.resolve("c.npy"), BinaryCodes.ofBytes(2, 8, new byte[] {1, 2}));
        Files.writeString(root.resolve("l.csv"), "kind\n3\n4\n");
        String evaluate = "evaluate --query-codes F/c.npy --database-codes F/c.npy --query-labels F/l.csv"
                + " --database-labels F/l.csv";
        assertThat(badInput(evaluate)).contains("l.csv: expected a label for each of the 2 codes", "found 3");
        succeed(evaluate + " --header yes");
    }
}
