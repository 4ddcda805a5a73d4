package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;

/** The sizes of the two tables of the paper, with random codes and labels of the same kind as theirs. */
public enum EvaluationScale {
    /** CIFAR-10 at 64 bits: 1,000 queries, 59,000 database images, ten classes. */
    CIFAR10(1_000, 59_000, 64) {
        @Override
        Labels labels(int rows, UniformRandomProvider random) {
            int[] classes = new int[rows];
            for (int i = 0; i < rows; i++) {
                classes[i] = random.nextInt(10);
            }
            return ClassLabels.of(classes);
        }
    },
    /** NUS-WIDE at 256 bits: 2,100 queries, 193,734 database images, 21 concepts of which an image shows two or so. */
    NUS_WIDE(2_100, 193_734, 256) {
        @Override
        Labels labels(int rows, UniformRandomProvider random) {
            boolean[] indicator = new boolean[rows * CONCEPTS];
            for (int k = 0; k < indicator.length; k++) {
                indicator[k] = random.nextDouble() < 0.1;
            }
            return LabelSets.of(rows, CONCEPTS, indicator);
        }
    };

    private static final int CONCEPTS = 21;

    private final int queries;
    private final int database;
    private final int bits;

    EvaluationScale(int queries, int database, int bits) {
        this.queries = queries;
        this.database = database;
        this.bits = bits;
    }

    abstract Labels labels(int rows, UniformRandomProvider random);

    BinaryCodes queryCodes() {
        return codes(queries, "queries");
    }

    BinaryCodes databaseCodes() {
        return codes(database, "database");
    }

    Relevance relevance() {
        UniformRandomProvider random = new RandomStreams(0).stream("labels");
        return Relevance.bySimilarLabels(labels(queries, random), labels(database, random));
    }

    private BinaryCodes codes(int size, String stream) {
        byte[] bytes = new byte[size * bits / Byte.SIZE];
        new RandomStreams(0).stream(stream).nextBytes(bytes);
        return BinaryCodes.ofBytes(size, bits, bytes);
    }
}
