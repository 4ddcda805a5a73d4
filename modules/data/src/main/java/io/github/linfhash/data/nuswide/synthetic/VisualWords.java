package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.DirichletSampler;
import org.apache.commons.rng.sampling.distribution.GuideTableDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.LogNormalSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A topic model of visual words, conditioned on labels.
 *
 * <p>The background's word frequencies are drawn from a flat Dirichlet distribution. Each label has a topic, and so has
 * each of a number of themes that have nothing to do with labels; their frequencies are drawn from a Dirichlet
 * distribution around the background's. An image mixes the background, its labels and two themes with Dirichlet weights,
 * its number of words is log-normal, and each word comes from one of its topics.
 *
 * <p>The constants are chosen so that near vectors share labels more often than others do and yet often do not: with the
 * 21 most frequent concepts of NUS-WIDE, where 32% of all pairs of images share one, 47% of the 100 nearest (by the
 * cosine, of 12,000 images) do.
 */
final class VisualWords {
    static final int WORDS = 500;

    private static final int THEMES = 50;
    private static final double TOPIC_CONCENTRATION = 60;
    private static final double BACKGROUND_WEIGHT = 4;
    private static final double LABEL_WEIGHT = 0.5;
    private static final double THEME_WEIGHT = 1;
    private static final double MEDIAN_LENGTH = 300;
    private static final double LENGTH_SPREAD = 0.5;
    private static final int LONGEST = 20_000;

    private final int labels;
    private final List<SharedStateDiscreteSampler> topics;

    private VisualWords(int labels, List<SharedStateDiscreteSampler> topics) {
        this.labels = labels;
        this.topics = List.copyOf(topics);
    }

    /** Draws the topics of a number of labels. */
    static VisualWords of(int labels, RandomStreams streams) {
        UniformRandomProvider random = streams.stream("visual-words-topics");
        double[] background = DirichletSampler.symmetric(random, WORDS, 1).sample();
        List<SharedStateDiscreteSampler> topics = new ArrayList<>();
        topics.add(GuideTableDiscreteSampler.of(random, background));
        double[] around = Arrays.stream(background)
                .map(share -> Math.max(TOPIC_CONCENTRATION * share, 1e-3))
                .toArray();
        DirichletSampler sampler = DirichletSampler.of(random, around);
        for (int topic = 0; topic < labels + THEMES; topic++) {
            topics.add(GuideTableDiscreteSampler.of(random, sampler.sample()));
        }
        return new VisualWords(labels, topics);
    }

    /**
     * Draws the words of consecutive images.
     *
     * @param random the only source of randomness
     * @return count * {@link #WORDS} counts, row-major
     */
    int[] draw(LabelSets sets, int from, int count, UniformRandomProvider random) {
        List<SharedStateDiscreteSampler> words = topics.stream()
                .map(topic -> topic.withUniformRandomProvider(random))
                .toList();
        ContinuousSampler lengths = LogNormalSampler.of(
                ZigguratSampler.NormalizedGaussian.of(random), Math.log(MEDIAN_LENGTH), LENGTH_SPREAD);
        int[] counts = new int[count * WORDS];
        for (int row = 0; row < count; row++) {
            int[] mixed = mixed(sets, from + row, random);
            double[] upTo = cumulative(weights(mixed.length, random));
            int length = (int) Math.max(1, Math.min(LONGEST, Math.round(lengths.sample())));
            for (int word = 0; word < length; word++) {
                int topic = mixed[position(upTo, random.nextDouble())];
                counts[row * WORDS + words.get(topic).sample()]++;
            }
        }
        return counts;
    }

    /** The topics of an image: the background, two themes, its labels. */
    private int[] mixed(LabelSets sets, int row, UniformRandomProvider random) {
        int[] mixed = new int[3 + sets.count(row)];
        mixed[1] = 1 + labels + random.nextInt(THEMES);
        mixed[2] = 1 + labels + random.nextInt(THEMES);
        int at = 3;
        for (int label = 0; label < labels; label++) {
            if (sets.has(row, label)) {
                mixed[at++] = 1 + label;
            }
        }
        return mixed;
    }

    private static double[] weights(int count, UniformRandomProvider random) {
        double[] concentration = new double[count];
        Arrays.fill(concentration, LABEL_WEIGHT);
        concentration[0] = BACKGROUND_WEIGHT;
        concentration[1] = THEME_WEIGHT;
        concentration[2] = THEME_WEIGHT;
        return DirichletSampler.of(random, concentration).sample();
    }

    private static double[] cumulative(double[] weights) {
        double[] upTo = weights.clone();
        for (int i = 1; i < upTo.length; i++) {
            upTo[i] += upTo[i - 1];
        }
        return upTo;
    }

    private static int position(double[] upTo, double u) {
        int position = 0;
        while (position < upTo.length - 1 && u >= upTo[position]) {
            position++;
        }
        return position;
    }
}
