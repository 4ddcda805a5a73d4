package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs figure5 as a user would, on a small data set. */
class FiguresTest extends ProgramOnTinyHome {
    private Path folder(String name) {
        return root.resolve("reports").resolve("out").resolve("tiny").resolve(name);
    }

    @Test
    void figureFiveIsDrawnWithItsDataAndMeasured() throws IOException {
        succeed("paper figure5 --protocol tiny --bits 8 --query 14 --format json");
        List<String> csv = Files.readAllLines(folder("figure5").resolve("figure5.csv"));
        assertThat(csv).hasSize(1 + 3 * 8);
        assertThat(csv.get(1)).matches("nnh,1,-?[0-9.E-]+,[01]");
        assertThat(csv.stream().skip(1)).allSatisfy(line -> {
            String[] cells = line.split(",", -1);
            assertThat(cells[3]).isEqualTo(Double.parseDouble(cells[2]) > 0 ? "1" : "0");
        });
        assertThat(Files.readString(folder("figure5").resolve("figure5.svg")))
                .contains("(f) deep-linf, binary code", "Stripes &lt;b&gt;of", "query 14");
        JsonNode table = new JsonMapper().readTree(out.toString());
        assertThat(table).extracting(row -> row.get("method").asText()).containsExactly("nnh", "snnh", "deep-linf");
        assertThat(table)
                .allSatisfy(row -> assertThat(
                                Double.parseDouble(row.get("quantization error").asText()))
                        .isBetween(0.0, 1.0));
    }

    @Test
    void theShortVersionOfFigureFiveTakesTheShortVersionsOptions() throws IOException {
        String rules = Files.readString(root.resolve("protocols/tiny.yaml"));
        Path file = Files.writeString(
                root.resolve("short.yaml"), rules.stripTrailing() + "\n  options: {nnh: {training: {epochs: 1}}}\n");
        for (String quick : List.of("whole", "--quick")) {
            String option = quick.startsWith("--") ? " " + quick : "";
            succeed("paper figure5 --protocol %s --methods nnh --bits 8 --out F/" + quick + option, file);
        }
        assertThat(root.resolve("--quick/figure5.csv"))
                .content()
                .isNotEqualTo(Files.readString(root.resolve("whole/figure5.csv")));
    }

    @Test
    void theSameCommandDrawsTheSameBytes() throws IOException {
        for (String name : List.of("a", "b")) {
            call("paper figure5 --protocol tiny --methods nnh --bits 8 --out %s", root.resolve(name));
        }
        assertThat(root.resolve("a").resolve("figure5.svg"))
                .hasSameBinaryContentAs(root.resolve("b").resolve("figure5.svg"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    paper figure5 --protocol tiny --query 15            | --query: expected the number of a query, 0 to 14
                    paper figure5 --protocol tiny --query -1            | --query
                    paper figure5 --protocol tiny --bits 0              | --bits: expected numbers from 1 to 4096
                    """)
    void badInputEndsWithExitCodeTwoAndWritesNothing(String words, String sentence) {
        assertThat(run(words.split(" "))).as(err.toString()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
        assertThat(root.resolve("reports").resolve("out")).doesNotExist();
    }
}
