package io.github.linfhash.baselines.classifier;

import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import java.util.List;

/** How the values of a regression to centred labels become scores around 0; safe for threads. */
final class ScoreRule {
    private static final String SOFTMAX = "softmax";
    private static final String LINEAR = "linear";

    /** 0 where scores are the values themselves. */
    private final double temperature;

    /** What was subtracted from the labels: the softmax is of values with the means, and scores are without them. */
    private final double[] means;

    private ScoreRule(double temperature, double[] means) {
        this.temperature = temperature;
        this.means = means;
    }

    /** softmax((f + means) / temperature) - means. */
    static ScoreRule softmax(double[] means, double temperature) {
        return new ScoreRule(temperature, means);
    }

    /** The values as they are. */
    static ScoreRule linear(int labels) {
        return new ScoreRule(0, new double[labels]);
    }

    /** The rule that {@link #addTo} saved. */
    static ScoreRule read(StateReader in) {
        if (in.word("scores", List.of(SOFTMAX, LINEAR)).equals(LINEAR)) {
            return linear(in.rows("coefficients"));
        }
        int labels = in.rows("means");
        return softmax(in.doubles("means", labels), in.number("temperature", Double.MIN_NORMAL, Double.MAX_VALUE));
    }

    ModelState addTo(ModelState state) {
        return temperature == 0
                ? state.with("scores", LINEAR)
                : state.with("scores", SOFTMAX)
                        .with("temperature", temperature)
                        .with("means", ModelArray.doubles(means, means.length));
    }

    int labels() {
        return means.length;
    }

    /** The means and the temperature. */
    long parameters() {
        return temperature == 0 ? 0 : means.length + 1L;
    }

    /** Turns values into scores in place, C for each row. */
    void apply(float[] values) {
        if (temperature == 0) {
            return;
        }
        double[] powers = new double[means.length];
        for (int at = 0; at < values.length; at += powers.length) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < powers.length; c++) {
                powers[c] = (values[at + c] + means[c]) / temperature;
                largest = Math.max(largest, powers[c]);
            }
            double sum = 0;
            for (int c = 0; c < powers.length; c++) {
                powers[c] = Math.exp(powers[c] - largest);
                sum += powers[c];
            }
            for (int c = 0; c < powers.length; c++) {
                values[at + c] = (float) (powers[c] / sum - means[c]);
            }
        }
    }
}
