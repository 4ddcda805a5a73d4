package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OldNamesTest extends ProgramOnTinyHome {
    private static String current(String line) {
        return String.join(" ", OldNames.current(line.split(" ")));
    }

    @Test
    void optionsCommandsAndValuesAreFoundUnderTheirOldNames() {
        assertThat(current("advise V --neighbours 5 --quantisers=sign,pq"))
                .isEqualTo("advise V --neighbors 5 --quantizers=sign,pq");
        assertThat(current("export V --quantiser sign")).isEqualTo("export V --quantizer sign");
        assertThat(current("list quantisers")).isEqualTo("list quantizers");
        assertThat(current("spark neighbours --help")).isEqualTo("spark neighbors --help");
        assertThat(current("init --relevance neighbours")).isEqualTo("init --relevance neighbors");
        assertThat(current("score S --metrics map,neighbourRecall@1"))
                .isEqualTo("score S --metrics map,neighborRecall@1");
    }

    @Test
    void filesKeepTheirNames() {
        String line = "advise neighbours.npy --out neighbours --qrels quantisers";
        assertThat(current(line)).isEqualTo(line);
    }

    @Test
    void anOldNameRunsTheCommand() {
        assertThat(run(OldNames.current("list", "quantisers", "--format", "csv")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("rabitq");
    }
}
