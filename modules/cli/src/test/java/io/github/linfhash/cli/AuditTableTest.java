package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTableTest extends ProgramOnTinyHome {
    private Path file = Path.of("table.csv");

    @BeforeEach
    void writeTable() throws IOException {
        file = root.resolve("table.csv");
        // 2 * 30 * 10 / 40 = 15, not 16; one query of a thousand with a precision of 0.001% is worse than chance.
        Files.writeString(file, """
                table,method,bits,precision@2,recall@2,f1@2
                A,good,64,30.00,10.00,15.00
                A,bad,64,30.00,10.00,16.00
                B,tiny,64,1.0e-3,1.7e-5,3.3e-5
                """);
    }

    @Test
    void findingsEndWithExitCodeThree() {
        assertThat(call("paper audit %s", file)).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString())
                .contains(
                        "f1-not-harmonic-mean: bad, 64 bits, radius 2",
                        "why: precision in [29.995, 30.005]",
                        "suggested: f1@2 15.00%")
                .endsWith("1 findings.\n");
    }

    @Test
    void meansThatLinfhashWroteAreAudited() throws IOException {
        String header = "method,bits,metric,unit,printed,corrected,mean,low95,high95,seeds,best,holm.p,agreement\n";
        Files.writeString(file, header + "ksh,48,precision@2,percent,,,30.0,29,31,2,false,,\n");
        assertThat(call("paper audit %s", file)).as(err.toString() + out).isZero();
        assertThat(err.toString())
                .contains("table.csv: a table of linfhash without printed numbers; its means are audited");
    }

    @Test
    void sizesOfTheProtocolFindMore() throws IOException {
        String command = "paper audit %s --table=B --format=json";
        succeed(command, file);
        assertThat(call(command + " --num-queries=1000 --relevant=5900 --database-size=59000", file))
                .isEqualTo(ExitCodes.FOUND);
        JsonNode finding =
                new JsonMapper().readTree(out.toString()).get(0).get("findings").get(0);
        assertThat(finding.get("flag").textValue()).isEqualTo("precision-as-fraction");
        assertThat(finding.get("corrected").get("precision@2").doubleValue()).isEqualTo(0.001);
    }

    @ParameterizedTest
    @CsvSource({
        "csv, 'table,method,bits,metrics,finding,what,why,suggested'",
        "markdown, '| bad | 64 | precision@2 30.00, '"
    })
    void otherFormatsHaveTheSame(String format, String content) {
        assertThat(call("paper audit %s --format %s", file, format)).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains(content).contains("f1-not-harmonic-mean");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --table C                                  | expected one of the tables [A, B], found 'C'
            --num-queries 1000                             | --relevant
            --num-queries 0 --relevant 1 --database-size 1 | --num-queries, --relevant, --database-size: expected at least one query
            --answerable 84                            | --answerable: expected a share of queries within 0..1, found 84.0
            --unit metres                              | --unit
            """)
    void optionsThatAreNotRightEndWithExitCodeTwo(String words, String sentence) {
        assertThat(run(("paper audit " + file + " " + words).split(" "))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }
}
