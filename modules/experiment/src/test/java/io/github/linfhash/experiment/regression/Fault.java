package io.github.linfhash.experiment.regression;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.BallMetrics;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.runner.MeasuredRun.EncoderOutputs;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Mistakes that a benchmark can make: each is one run that goes wrong in one place. */
enum Fault {
    NONE,
    /** The query codes are packed from the other end than the database codes. */
    FLIPPED_QUERY_BITS {
        @Override
        BinaryCodes queryCodes(BinaryCodes codes) {
            return flipped(codes);
        }
    },
    /** Both are packed from the other end: no distance changes, and files of codes are still others. */
    FLIPPED_BITS {
        @Override
        BinaryCodes queryCodes(BinaryCodes codes) {
            return flipped(codes);
        }

        @Override
        BinaryCodes databaseCodes(BinaryCodes codes) {
            return flipped(codes);
        }
    },
    /** A leak: the queries are the training images. */
    TRAINING_IMAGES_AS_QUERIES {
        @Override
        PreparedSplit split(PreparedSplit split) {
            return new PreparedSplit(
                    split.training(),
                    split.training().labeled(),
                    split.database(),
                    split.training().labels(),
                    split.databaseLabels(),
                    split.split(),
                    split.preprocessor(),
                    split.queryRows(),
                    split.neighborhood(),
                    split.metrics());
        }
    },
    /** Relevant codes come first among equal distances. */
    OPTIMISTIC_TIES {
        @Override
        void measure(Retrieval retrieval, Map<String, Double> metrics) {
            metrics.put("map", retrieval.ranks().map(Ties.OPTIMISTIC));
        }
    },
    /** A strict comparison with the radius. */
    RADIUS_OFF_BY_ONE {
        @Override
        void measure(Retrieval retrieval, Map<String, Double> metrics) {
            BallMetrics ball = BallMetrics.at(retrieval.histograms(), 1, Conventions.STANDARD);
            metrics.put("precision@2", ball.precision());
            metrics.put("recall@2", ball.recall());
            metrics.put("f1@2", ball.f1());
            metrics.put("emptyBalls@2", ball.emptyBalls());
        }
    };

    PreparedSplit split(PreparedSplit split) {
        return split;
    }

    BinaryCodes queryCodes(BinaryCodes codes) {
        return codes;
    }

    BinaryCodes databaseCodes(BinaryCodes codes) {
        return codes;
    }

    void measure(Retrieval retrieval, Map<String, Double> metrics) {}

    /** One run with this mistake. */
    RunResult run(MethodRun cell, PreparedSplit right) {
        PreparedSplit split = split(right);
        HashFunction function = cell.train(split, Progress.NONE);
        BinaryCodes queries = queryCodes(function.encode(split.queries()));
        BinaryCodes database = databaseCodes(function.encode(split.database()));
        Retrieval retrieval = Retrieval.of(queries, database, split.relevance());
        Map<String, Double> metrics = new LinkedHashMap<>(StandardMetrics.evaluate(retrieval));
        if (function instanceof RealOutputs real) {
            FeatureMatrix outputs = real.encodeWithOutputs(split.queries()).outputs();
            metrics.put(
                    StandardMetrics.REAL_MAP.key(),
                    StandardMetrics.REAL_MAP.of(retrieval.withOutputs(
                            outputs, real.encodeWithOutputs(split.database()).outputs())));
            metrics.putAll(
                    Metric.Value.byKey(EncoderOutputs.of(function, outputs).metrics()));
        }
        measure(retrieval, metrics);
        MessageDigest digest = Digests.sha256();
        digest.update(queries.toBytes());
        digest.update(database.toBytes());
        return RunResult.measured(
                cell.key(),
                split.splitHash(),
                HexFormat.of().formatHex(digest.digest()),
                function.parameters(),
                function.state().bytes(),
                metrics,
                Map.of(),
                Map.of());
    }

    private static BinaryCodes flipped(BinaryCodes codes) {
        float[] values = new float[codes.size() * codes.bits()];
        for (int i = 0; i < codes.size(); i++) {
            for (int b = 0; b < codes.bits(); b++) {
                values[i * codes.bits() + b] = codes.bit(i, codes.bits() - 1 - b) ? 1 : -1;
            }
        }
        return BinaryCodes.ofSigns(codes.size(), codes.bits(), values);
    }
}
