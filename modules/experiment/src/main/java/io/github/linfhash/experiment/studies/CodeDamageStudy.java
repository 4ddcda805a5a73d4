package io.github.linfhash.experiment.studies;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.BallMetrics;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.RankMetrics;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.quantization.CodeNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What retrieval loses as entries of the database's codes are flipped or lost; the queries' codes stay whole.
 *
 * @param queries codes of the queries
 * @param database codes of the database, undamaged
 * @param relevance which of the database is relevant to a query
 */
public record CodeDamageStudy(BinaryCodes queries, BinaryCodes database, Relevance relevance) {
    /** The shares of damaged entries, in percent. */
    public static final List<Integer> PERCENTAGES = List.of(0, 1, 2, 5, 10, 20);

    private static final int RADIUS = 2;

    /**
     * Retrieval with one kind and amount of damage.
     *
     * @param noise the kind
     * @param percent each entry's probability of damage, in percent
     * @param map mAP, from 0 to 1
     * @param precision precision within Hamming radius 2, from 0 to 1
     */
    public record Outcome(CodeNoise noise, int percent, double map, double precision) {}

    /**
     * Measures every kind of damage at every share. The same entries are damaged whatever made the codes, so that
     * methods can be compared.
     *
     * @param random a stream for each kind and share is used: "damage-flip-5", "damage-loss-5" and so on
     */
    public List<Outcome> measure(RandomStreams random) {
        List<Outcome> outcomes = new ArrayList<>();
        for (CodeNoise noise : CodeNoise.values()) {
            for (int percent : PERCENTAGES) {
                String stream = "damage-" + noise.name().toLowerCase(Locale.ROOT) + "-" + percent;
                outcomes.add(measure(noise, percent, noise.apply(database, percent / 100.0, random.stream(stream))));
            }
        }
        return outcomes;
    }

    private Outcome measure(CodeNoise noise, int percent, BinaryCodes damaged) {
        DistanceHistograms histograms = HammingScan.scan(queries, damaged, relevance);
        return new Outcome(
                noise,
                percent,
                new RankMetrics(histograms).map(),
                BallMetrics.at(histograms, RADIUS).precision());
    }
}
