package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class OldNamesTest extends ProgramOnTinyHome {
    private static String current(String line) {
        return String.join(" ", OldNames.current(Main.commandLine(), line.split(" ")));
    }

    /** Every spelling of earlier versions, the present one of the same line, and that the program takes it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reproduce --protocol p --only --codes a=b --model m.onnx --seed 0 --method ksh --bits 8 | run --protocol p --selected-only --external a=b --network m.onnx --seeds 0 --methods ksh --bits 8
            reproduce --codes=a=b                          | run --external=a=b
            render results.json --out o                    | report results.json --out o
            hand-out --model m.onnx --seed 0 --out o       | task create --network m.onnx --seeds 0 --out o
            score s --task t --out o --against r --metric map --method ksh | task score s --task t --out o --baseline r --metrics map --methods ksh
            compare a b                                    | results compare a b
            merge a b --out o                              | results merge a b --out o
            convert a --out o                              | results convert a --out o
            regress --protocol p --seed 0                  | results check --protocol p --seeds 0
            regress --protocol p --accept --method ksh     | results accept --protocol p --methods ksh
            site --results a b --out o                     | results rank --results a b --out o
            site --results a --collect o                   | results pack --results a --out o
            site --collect=o --force                       | results pack --out=o --force
            claims a --claims f                            | paper claims a --claims f
            figure5 --protocol p --model m.onnx --seeds 1 --method nnh | paper figure5 --protocol p --network m.onnx --seed 1 --methods nnh
            figure6 --protocol p --model m.onnx --seed 1   | paper figure6 --protocol p --network m.onnx --seeds 1
            audit-table t.csv --queries 5 --relevant 2 --database 9 | paper audit t.csv --num-queries 5 --relevant 2 --database 9
            features --protocol p --model m.onnx --out f.npy | data features --protocol p --network m.onnx --out f.npy
            generate nus-wide --rows 5 --out o             | data generate nus-wide --count 5 --out o
            export --quantizer sign --features f --floats --out o --bytes 4 | quantize --quantizer sign --vectors f --with-vectors --out o --bytes 4
            export --features=f --quantiser=sign --out o   | quantize --vectors=f --quantizer=sign --out o
            export --model m --onnx o.onnx                 | export --model m --onnx o.onnx
            encode --model m --features f --out c.npy      | encode --model m --vectors f --out c.npy
            encode --protocol p --method ksh --bits 8 --seed 1 --out o | split --protocol p --method ksh --bits 8 --seed 1 --out o
            encode --method=ksh --bits 8 --out o           | split --method=ksh --bits 8 --out o
            train --protocol p --model m.onnx --methods ksh --bits 8 --out m.linfhash | train --protocol p --network m.onnx --method ksh --bits 8 --out m.linfhash
            train --features f --labels l --method ksh --bits 8 --seeds 2 --out m | train --vectors f --labels l --method ksh --bits 8 --seed 2 --out m
            tune --method nnh --model m.onnx --bits 8 --seeds 0 | tune --methods nnh --network m.onnx --bits 8 --seed 0
            search --codes c --model m --features f        | search --codes c --model m --vectors f
            search --codes c --queries q                   | search --codes c --queries q
            advise --features f --queries q --rows 500 --slow --seed 0 --quantiser sign | advise --vectors f --queries q --max-vectors 500 --include-slow --seeds 0 --quantizers sign
            advise --features f --neighbours 5 --quantisers=sign,pq | advise --vectors f --neighbors 5 --quantizers=sign,pq
            init --features f --relevance neighbours --out o.yaml | init --vectors f --relevance neighbors --out o.yaml
            evaluate --query-codes a --database-codes b --query-labels c --database-labels d --on-request | evaluate --query-codes a --database-codes b --query-labels c --database-labels d --all-metrics
            score s --task t --out o --metrics map,neighbourRecall@1 | task score s --task t --out o --metrics map,neighborRecall@1
            list quantisers                                | list quantizers
            """)
    void everyOldSpellingParses(String old, String present) {
        assertThat(current(old)).isEqualTo(present);
        // What a program cannot parse throws.
        Main.commandLine().parseArgs(present.split(" "));
        assertThat(current(present)).isEqualTo(present);
    }

    @Test
    void commandsOfTheExtrasAndHelpAreFoundToo() {
        assertThat(OldNames.commands("spark", "neighbours", "--help")).containsExactly("spark", "neighbors", "--help");
        assertThat(OldNames.commands("help", "reproduce")).containsExactly("help", "run");
    }

    @Test
    void filesKeepTheirNames() {
        for (String line : List.of(
                "advise --vectors neighbours.npy --out neighbours --qrels quantisers",
                "report reproduce --out score",
                "run --protocol features --out hand-out")) {
            assertThat(current(line)).isEqualTo(line);
        }
    }

    @Test
    void anOldNameRunsTheCommand() {
        assertThat(succeed("list quantisers --format csv")).contains("rabitq");
    }

    @Test
    void helpShowsPresentNamesOnly() {
        Set<String> options = new TreeSet<>();
        assertThat(Main.commandLine().getSubcommands().keySet())
                .doesNotContain(
                        "reproduce", "render", "hand-out", "score", "regress", "site", "audit-table", "features");
        Main.commandLine().getSubcommands().values().forEach(command -> collect(command, options));
        assertThat(options)
                .contains("--vectors", "--network", "--external", "--max-vectors")
                .doesNotContain("--features", "--rows", "--slow", "--only", "--on-request", "--against", "--floats");
        assertThat(succeed("--help"))
                .contains(
                        "\n  embed ",
                        "\n  spark ",
                        "\n  run ",
                        "\n  results check ",
                        "embeddings",
                        "Vectors and quantization:",
                        "Benchmarks:",
                        "Models and codes:",
                        "Your method:",
                        "Results:",
                        "The paper:",
                        "Information:",
                        "Cluster:")
                .doesNotContain("reproduce", "hand-out", "regress ");
    }

    private static void collect(CommandLine command, Set<String> options) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            options.addAll(List.of(option.names()));
        }
        command.getSubcommands().values().forEach(member -> collect(member, options));
    }
}
