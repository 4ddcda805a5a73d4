package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.Experiment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsStudyTest {
    @TempDir
    private Path folder;

    @Test
    void moreLabelsAreMoreTrainingRowsBesideTheSameQueries() throws IOException {
        Experiment experiment = Experiment.of(SmallFashion.write(folder));
        var few = LabelsStudy.withLabels(experiment, 5).split(1);
        var many = LabelsStudy.withLabels(experiment, 50).split(1);
        assertThat(few.training().labeled().rows()).isEqualTo(50);
        assertThat(many.training().labeled().rows()).isEqualTo(500);
        assertThat(few.queryLabels()).isEqualTo(many.queryLabels());
        assertThat(few.database().rows()).isEqualTo(many.database().rows());
        assertThatThrownBy(() -> LabelsStudy.withLabels(experiment, 100_000).split(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("too few rows to train on");
    }

    @Test
    @Tag("slow")
    void aTableAndACsvOfAllRuns() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String protocol = SmallFashion.write(folder);
            LabelsStudy.main(new String[] {protocol, "16", "2,100", "class-codes,lsh", folder.toString()});
        } finally {
            System.setOut(before);
        }
        List<String> table = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(table).hasSize(2 + 4);
        assertThat(table.get(2)).startsWith("| 2 | 16 | class-codes | ").endsWith(" | 3 |");
        List<String> csv = Files.readAllLines(folder.resolve("labels.csv"));
        assertThat(csv).hasSize(1 + 4 * 3);
        assertThat(csv.get(0)).isEqualTo("perClass,bits,method,seed,map,precision@2,recall@2,precision@0");
        double few = Double.parseDouble(csv.get(1).split(",", -1)[4]);
        double many = Double.parseDouble(csv.get(7).split(",", -1)[4]);
        assertThat(csv.get(1)).startsWith("2,16,class-codes,0,");
        assertThat(csv.get(7)).startsWith("100,16,class-codes,0,");
        assertThat(many).isGreaterThan(few + 0.1);
        assertThatThrownBy(() -> LabelsStudy.main(new String[] {"fashion-mnist"}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected PROTOCOL[=DATA] BITS PER-CLASS METHODS FOLDER");
    }
}
