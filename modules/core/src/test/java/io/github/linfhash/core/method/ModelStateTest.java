package io.github.linfhash.core.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ModelStateTest {
    private static final ModelState STATE = new ModelState("cosine", 3, 2)
            .with("gain", 0.5)
            .with("stages", 2.0)
            .with("norm", "l2")
            .with("weights", ModelArray.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
            .with("means", ModelArray.doubles(new double[] {1, 2, 3}, 3))
            .with("features", ModelArray.ints(new int[] {0, 2}, 2));

    @Test
    void everythingReadIsWhatWasPutIn() {
        StateReader in = StateReader.of(STATE, "cosine");
        assertThat(in.number("gain", 0, 1)).isEqualTo(0.5);
        assertThat(in.count("stages", 1, 2)).isEqualTo(2);
        assertThat(in.word("norm", List.of("none", "l2"))).isEqualTo("l2");
        assertThat(in.rows("weights")).isEqualTo(2);
        assertThat(in.floats("weights", 2, 3)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(in.doubles("means", 3)).containsExactly(1, 2, 3);
        assertThat(in.indices("features", 3, 2)).containsExactly(0, 2);
        in.end();
    }

    @Test
    void itsBytesAreThoseOfTheElementsOfItsArrays() {
        assertThat(STATE.bytes()).isEqualTo(6 * 4 + 3 * 8 + 2 * 4);
        assertThat(new ModelState("none", 3, 2).bytes()).isZero();
    }

    @Test
    void whatIsWrongIsRefusedInOneSentence() {
        StateReader in = StateReader.of(STATE, "cosine");
        refused(() -> StateReader.of(STATE, "linear"), "expected linear", "found cosine");
        refused(() -> in.number("gain", 0.6, 1), "cosine, gain: expected a number from 0.6 to 1.0, found 0.5");
        refused(() -> in.number("other", 0, 1), "other", "found none");
        refused(() -> in.count("gain", 0, 1), "a whole number", "found 0.5");
        refused(() -> in.word("norm", List.of("none")), "one of none", "found 'l2'");
        refused(() -> in.rows("other"), "found none");
        refused(() -> in.floats("weights", 3, 2), "float32 of shape [3, 2]", "found float32 of shape [2, 3]");
        refused(() -> in.floats("means", 3), "float32 of shape [3]", "found float64 of shape [3]");
        refused(() -> in.indices("features", 2, 2), "numbers from 0 to 1", "found 2");
        StateReader hasty = StateReader.of(STATE, "cosine");
        hasty.number("gain", 0, 1);
        refused(hasty::end, "nothing but gain", "found stages, norm, weights, means, features");
    }

    private static void refused(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(InputException.class)
                .message()
                .contains(parts)
                .contains("expected", "found");
    }

    @Test
    void noPartIsEverNonFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> ModelArray.floats(new float[] {1, bad}, 2)).isInstanceOf(NonFiniteException.class);
            assertThatThrownBy(() -> ModelArray.doubles(new double[] {bad}, 1)).isInstanceOf(NonFiniteException.class);
            assertThatThrownBy(() -> STATE.with("more", bad)).isInstanceOf(NonFiniteException.class);
        }
    }

    @Test
    void arraysAreCopiedAndComparedToTheLastBit() {
        float[] values = {0, 1};
        ModelArray array = ModelArray.floats(values, 2);
        values[1] = 7;
        array.floats()[0] = 7;
        assertThat(array).isEqualTo(ModelArray.floats(new float[] {0, 1}, 2));
        assertThat(array).isNotEqualTo(ModelArray.floats(new float[] {-0f, 1}, 2));
        assertThat(array).isNotEqualTo(ModelArray.floats(new float[] {0, 1}, 1, 2));
        assertThat(array).isNotEqualTo(ModelArray.doubles(new double[] {0, 1}, 2));
    }

    @Test
    void shapesNamesAndSizesMustMakeSense() {
        assertThatThrownBy(() -> ModelArray.floats(new float[3], 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ModelArray.floats(new float[1], 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        for (String name : List.of("", "../x", "a/b", "1a", "a".repeat(41))) {
            assertThatThrownBy(() -> STATE.with(name, "word")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> STATE.with("gain", "word")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ModelState("linear", 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(STATE.numbers()).isEqualTo(Map.of("gain", 0.5, "stages", 2.0));
    }
}
