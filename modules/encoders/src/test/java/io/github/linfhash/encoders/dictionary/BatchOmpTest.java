package io.github.linfhash.encoders.dictionary;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import io.github.linfhash.encoders.dictionary.KSvd.Dictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchOmpTest {
    @ParameterizedTest
    @CsvSource({"5,3,1", "10,6,6", "8,20,4", "30,64,6", "12,12,12"})
    void codesAreThoseOfTheNaivePursuit(int n, int atoms, int sparsity) {
        Dictionary dictionary = new Dictionary(RandomMatrices.unitRows(atoms, n, 3));
        Matrix signals = RandomMatrices.gaussian(150, n, 4);

        Matrix codes = encode(dictionary, sparsity, signals);

        double[] signal = new double[n];
        double[] code = new double[atoms];
        for (int i = 0; i < signals.rows(); i++) {
            signals.copyRow(i, signal, 0);
            codes.copyRow(i, code, 0);
            assertThat(code).containsExactly(NaiveOmp.code(dictionary.atoms(), signal, sparsity), within(1e-7));
        }
    }

    @Test
    void aSignalThatIsOneAtomNeedsNoOther() {
        Dictionary dictionary = new Dictionary(RandomMatrices.unitRows(6, 10, 5));
        double[] signal = new double[10];
        dictionary.atoms().copyRow(4, signal, 0);
        for (int i = 0; i < 10; i++) {
            signal[i] *= -3;
        }

        Matrix codes = encode(dictionary, 3, Matrix.owning(1, 10, signal));

        assertThat(codes.toArray()).containsExactly(new double[] {0, 0, 0, 0, -3, 0}, within(1e-14));
    }

    @Test
    void aZeroSignalHasTheZeroCode() {
        Dictionary dictionary = new Dictionary(RandomMatrices.unitRows(6, 10, 5));

        assertThat(encode(dictionary, 3, Matrix.owning(1, 10, new double[10])).toArray())
                .containsOnly(0);
    }

    @Test
    void aSecondCopyOfAnAtomIsNotChosen() {
        Dictionary dictionary = new Dictionary(Matrix.owning(3, 2, new double[] {1, 0, 1, 0, 0, 1}));

        Matrix codes = encode(dictionary, 2, Matrix.owning(1, 2, new double[] {2, 1}));

        assertThat(codes.toArray()).containsExactly(2, 0, 1);
    }

    @Test
    void anAtomThatAllButDependsOnTheSupportEndsThePursuit() {
        Dictionary dictionary = new Dictionary(Matrix.owning(2, 2, new double[] {1, 0, 1, 1e-6}));

        Matrix codes = encode(dictionary, 2, Matrix.owning(1, 2, new double[] {1, 1}));

        assertThat(codes.toArray()).containsExactly(new double[] {0, 1}, within(1e-5));
    }

    @Test
    void badInputIsNamed() {
        Dictionary dictionary = new Dictionary(RandomMatrices.unitRows(6, 4, 5));

        assertBadInput(() -> new BatchOmp(dictionary, 5))
                .hasMessage("The sparsity must be from 1 to 4 for 6 atoms in 4 dimensions, found 5.");
        assertBadInput(() -> new Dictionary(Matrix.owning(1, 2, new double[] {1, 1})))
                .hasMessage("Atom 0 of a dictionary must have norm 1, found 1.4142135623730951.");
    }

    private static Matrix encode(Dictionary dictionary, int sparsity, Matrix signals) {
        return new BatchOmp(dictionary, sparsity).code(signals).toMatrix(dictionary.size());
    }
}
