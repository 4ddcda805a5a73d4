package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.experiment.studies.QueryOutputs;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureFiveTest {
    private static QueryOutputs outputs(String method, float... second) {
        float[] values = {1, 1, second[0], second[1]};
        return new QueryOutputs(
                method, FeatureMatrix.owning(2, 2, values), BinaryCodes.ofSigns(2, 2, values), List.of(1.0, 1.0));
    }

    @Test
    void theCsvHasTheOutputsAndBitsOfTheQuery() {
        FigureFive figure = new FigureFive(List.of(outputs("a", 0.5f, -0.25f), outputs("b", 0, 2)), 1);
        assertThat(figure.csv()).isEqualTo("method,entry,output,bit\na,1,0.5,1\na,2,-0.25,0\nb,1,0.0,0\nb,2,2.0,1\n");
    }

    @Test
    void eachEncoderHasAPanelForItsOutputsAndOneForItsCode() {
        FigureFive figure = new FigureFive(List.of(outputs("a", 0.5f, -0.25f), outputs("b", 0, 2)), 1);
        assertThat(figure.svg("title"))
                .contains(
                        ">(a) a, representation<",
                        ">(b) a, binary code<",
                        ">(c) b, representation<",
                        ">(d) b, binary code<");
    }

    @Test
    void aQueryThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> new FigureFive(List.of(outputs("a", 1, 1)), 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
