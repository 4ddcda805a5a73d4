package io.github.linfhash.encoders.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.BatchOmp.SparseCodes;
import io.github.linfhash.encoders.dictionary.BatchOmp.Vectors;
import io.github.linfhash.encoders.dictionary.KSvd.Options.Replacement;
import io.github.linfhash.encoders.dictionary.KSvd.WorstSignals;
import org.junit.jupiter.api.Test;

class KSvdStateTest {
    /** Two lines 0.1 rad apart, which two atoms of opposite direction follow, and one signal that neither can represent. */
    private static final Matrix SIGNALS =
            Matrix.owning(5, 3, new double[] {1, 0.05, 0, -2, -0.1, 0, 1, -0.05, 0, 3, -0.15, 0, 0, 0, 0.5});

    @Test
    void anAtomThatPointsAgainstAnotherOneIsADuplicate() {
        KSvd.State state = coded(new Replacement(0.99, 0));

        int replaced = state.replaceAtoms();

        assertThat(replaced).isEqualTo(1);
        assertThat(row(state.dictionary().atoms(), 0)).containsExactly(0, 0, 1);
        assertThat(Math.abs(state.dictionary().atoms().get(1, 0))).isGreaterThan(0.99);
    }

    @Test
    void atomsFurtherApartThanTheLimitStay() {
        KSvd.State state = coded(new Replacement(0.999, 0));

        assertThat(state.replaceAtoms()).isZero();
    }

    @Test
    void anAtomWithTooFewUsersGivesWay() {
        KSvd.State state = coded(new Replacement(1, 3));

        assertThat(state.replaceAtoms()).isEqualTo(2);
    }

    @Test
    void aReplacedAtomTakesItsCoefficientsWithIt() {
        KSvd.State state = coded(new Replacement(0.99, 0));

        state.replaceAtoms();

        double[] errors = state.codes().times(state.dictionary().atoms()).toArray();
        double[] values = SIGNALS.toArray();
        for (int i = 0; i < errors.length; i++) {
            errors[i] -= values[i];
        }
        assertThat(state.error()).isCloseTo(Vectors.norm(errors, 0, errors.length), within(1e-12));
        assertThat(state.error()).isGreaterThan(2);
    }

    private static KSvd.State coded(Replacement replacement) {
        double[] atoms = {1, 0.05, 0, -1, 0.05, 0};
        KSvd.State state = new KSvd.State(SIGNALS, atoms, new KSvd.Options(2, 1, 1, replacement));
        state.code();
        state.updateAtoms(new int[] {0, 1});
        assertThat(state.error()).isCloseTo(0.5, within(1e-12));
        return state;
    }

    private static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.columns()];
        matrix.copyRow(row, values, 0);
        return values;
    }

    @Test
    void negativeCoefficientsCountAsUsersAndZerosDoNot() {
        SparseCodes codes = new SparseCodes(3, 2);
        codes.set(0, 2, new int[] {0, 2}, new double[] {-0.5, 1});
        codes.set(1, 1, new int[] {0}, new double[] {0.25});
        codes.set(2, 2, new int[] {2, 0}, new double[] {-3, 0});

        int[][] users = codes.users(3);

        assertThat(users[0]).containsExactly(0, 2);
        assertThat(users[1]).isEmpty();
        assertThat(users[2]).containsExactly(1, 4);
    }

    @Test
    void signalsComeByTheSizeOfTheirResidualsAndEachOnce() {
        WorstSignals worst = new WorstSignals(4);
        double[] residuals = {1, 0, -3, 1, 0, 0, 2, 2};

        assertThat(worst.next(residuals)).isEqualTo(1);
        assertThat(worst.next(residuals)).isEqualTo(3);
        assertThat(worst.next(residuals)).isEqualTo(0);
        assertThat(worst.next(residuals)).isEqualTo(-1);
    }
}
